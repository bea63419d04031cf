import type { Kysely } from "kysely";
import { healthAfterChange } from "../../domain/endpoint-health.ts";
import { isId } from "../../domain/ids.ts";
import { PLAIN_FORMAT } from "../../domain/request-format.ts";
import type { Endpoint } from "../../domain/records.ts";
import type { Endpoints, Page, PageQuery } from "../catalogue.ts";
import { fromEndpoint, fromHealth, toEndpoint } from "../endpoint-rows.ts";
import { ENDPOINT_COLUMNS } from "../endpoint-table.ts";
import type { SealedEndpoint } from "../sealed-endpoint.ts";
import type { Tables } from "../tables.ts";
import { changeRow, changeRowWithUid } from "./change-row.ts";
import { readPage } from "./page.ts";
import { toFormatText } from "./request-formats.ts";
import { unlessUidTaken } from "./unique-violation.ts";

const SETTLED_MS = 3_000;

export function createEndpoints(db: Kysely<Tables>, sealed: SealedEndpoint): Endpoints {
  return {
    async create({ headers, secrets, requestFormat, retrySchedule, ...endpoint }) {
      const columns = {
        ...fromEndpoint(endpoint),
        ...fromHealth(endpoint.health),
        headers: sealed.sealHeaders(headers),
        secrets: sealed.sealSecrets(secrets),
        request_format: toFormatText(requestFormat ?? PLAIN_FORMAT, sealed),
        retry_schedule: retrySchedule === undefined ? null : JSON.stringify(retrySchedule),
      };
      return unlessUidTaken(async () => {
        await db.insertInto("endpoint").values(columns).execute();
        return { kind: "written", row: endpoint };
      });
    },
    async change(id, change) {
      const read = async () => findBy(db, { id });
      const write = async (row: Endpoint, found: Endpoint) => update(db, row, found);
      return changeRowWithUid({ read, write }, (found) => {
        const changed = change(found);
        return { ...changed, health: healthAfterChange(found, changed) };
      });
    },
    find: async (applicationId, idOrUid) =>
      (isId("ep", idOrUid)
        ? await findBy(db, { application_id: applicationId, id: idOrUid })
        : undefined) ?? (await findBy(db, { application_id: applicationId, uid: idOrUid })),
    async remove(id, nowMs) {
      await set(db, { id }, { deleted_at_ms: nowMs });
    },
    list: async (applicationId, page) => list(db, applicationId, page),
    async headers(id) {
      const row = await readSealed(db, id, "headers");
      return row === undefined ? {} : sealed.openHeaders(row.text);
    },
    changeHeaders: async (id, change, nowMs) =>
      changeSealed(db, id, "headers", nowMs, (text) =>
        sealed.sealHeaders(change(sealed.openHeaders(text))),
      ),
    async secrets(id) {
      const row = await readSealed(db, id, "secrets");
      return row === undefined ? [] : sealed.openSecrets(row.text);
    },
    async checkSecrets() {
      for (const order of ["asc", "desc"] as const) {
        const one = db.selectFrom("endpoint").select("secrets").orderBy("id", order).limit(1);
        for (const { secrets } of await one.execute()) sealed.openSecrets(secrets);
      }
    },
    changeSecrets: async (id, change, nowMs) =>
      changeSealed(db, id, "secrets", nowMs, (text) =>
        sealed.sealSecrets(change(sealed.openSecrets(text))),
      ),
  };
}

async function update(db: Kysely<Tables>, endpoint: Endpoint, found: Endpoint): Promise<bigint> {
  const { id, application_id: _, created_at_ms: __, ...changes } = fromEndpoint(endpoint);
  const switched = endpoint.disabled === found.disabled ? {} : switchedColumns(endpoint);
  const line = endpoint.ordered === found.ordered ? {} : lineColumns(endpoint);
  return set(db, { id, updated_at_ms: found.updatedAtMs }, { ...changes, ...switched, ...line });
}

/** Attempts change its health without moving the revision: it is only written when it must be. */
function switchedColumns({ disabled, health, updatedAtMs }: Endpoint) {
  // What sleeps is ended by whoever watches it.
  const watch_at_ms = disabled ? updatedAtMs : null;
  return { ...fromHealth(health), watch_at_ms, watched: false, window_passed: false };
}

/** What was accepted as the endpoint was before is committed by then, so the line is complete. */
function lineColumns({ updatedAtMs }: Endpoint) {
  return { line_at_ms: updatedAtMs + SETTLED_MS };
}

type Named = {
  readonly id?: string;
  readonly application_id?: string;
  readonly uid?: string;
  readonly updated_at_ms?: number;
};

type Changes = Partial<ReturnType<typeof fromEndpoint> & ReturnType<typeof switchedColumns>> & {
  readonly line_at_ms?: number;
  readonly headers?: string;
  readonly secrets?: string;
  readonly deleted_at_ms?: number;
};

async function set(db: Kysely<Tables>, named: Named, changes: Changes): Promise<bigint> {
  const result = await db
    .updateTable("endpoint")
    .set(changes)
    .where((eb) => eb.and(named))
    .where("deleted_at_ms", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows;
}

async function findBy(db: Kysely<Tables>, named: Named): Promise<Endpoint | undefined> {
  const row = await db
    .selectFrom("endpoint")
    .select(ENDPOINT_COLUMNS)
    .where((eb) => eb.and(named))
    .where("deleted_at_ms", "is", null)
    .executeTakeFirst();
  return row === undefined ? undefined : toEndpoint(row);
}

async function list(
  db: Kysely<Tables>,
  applicationId: string,
  page: PageQuery,
): Promise<Page<Endpoint>> {
  return readPage(page, async (scan) => {
    const rows = await db
      .selectFrom("endpoint")
      .select(ENDPOINT_COLUMNS)
      .where("application_id", "=", applicationId)
      .where("deleted_at_ms", "is", null)
      .where((eb) => eb.and(scan.bounds.map(({ operator, key }) => eb("id", operator, key))))
      .orderBy("id", scan.direction)
      .limit(scan.rowsMax)
      .execute();
    return rows.map(toEndpoint);
  });
}

type SealedText = { readonly text: string; readonly updatedAtMs: number };

async function readSealed(
  db: Kysely<Tables>,
  id: string,
  column: "headers" | "secrets",
): Promise<SealedText | undefined> {
  return db
    .selectFrom("endpoint")
    .select([`${column} as text`, "updated_at_ms as updatedAtMs"])
    .where("id", "=", id)
    .where("deleted_at_ms", "is", null)
    .executeTakeFirst();
}

async function changeSealed(
  db: Kysely<Tables>,
  id: string,
  column: "headers" | "secrets",
  nowMs: number,
  change: (text: string) => string,
): Promise<void> {
  const read = async () => readSealed(db, id, column);
  const write = async ({ text, updatedAtMs }: SealedText, found: SealedText) => {
    const named = { id, updated_at_ms: found.updatedAtMs };
    return set(db, named, { [column]: text, updated_at_ms: updatedAtMs });
  };
  await changeRow({ read, write }, ({ text }) => ({ text: change(text), updatedAtMs: nowMs }));
}
