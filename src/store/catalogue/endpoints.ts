import type { Kysely } from "kysely";
import { isId } from "../../domain/ids.ts";
import type { Endpoint } from "../../domain/records.ts";
import type { Endpoints, Page, PageQuery } from "../catalogue.ts";
import { fromEndpoint, toEndpoint } from "../rows.ts";
import type { SealedEndpoint } from "../sealed-endpoint.ts";
import type { Tables } from "../tables.ts";
import { readPage } from "./page.ts";
import { writeUnlessUidTaken } from "./unique-violation.ts";

/** All but what is sealed, which is only read when it is asked for. */
const COLUMNS = [
  "id",
  "application_id",
  "uid",
  "url",
  "description",
  "disabled",
  "event_types",
  "channels",
  "throttle_rate",
  "version",
  "metadata",
  "created_at_ms",
  "updated_at_ms",
  "deleted_at_ms",
] as const;

export function createEndpoints(db: Kysely<Tables>, sealed: SealedEndpoint): Endpoints {
  return {
    async create({ headers, secrets, ...endpoint }) {
      const columns = {
        ...fromEndpoint(endpoint),
        headers: sealed.sealHeaders(headers),
        secrets: sealed.sealSecrets(secrets),
      };
      return writeUnlessUidTaken(endpoint, async () =>
        db.insertInto("endpoint").values(columns).execute(),
      );
    },
    update: async (endpoint) => writeUnlessUidTaken(endpoint, async () => update(db, endpoint)),
    find: async (applicationId, idOrUid) =>
      (isId("ep", idOrUid) ? await findBy(db, "id", applicationId, idOrUid) : undefined) ??
      (await findBy(db, "uid", applicationId, idOrUid)),
    remove: async (id, nowMs) => set(db, id, { deleted_at_ms: nowMs }),
    list: async (applicationId, page) => list(db, applicationId, page),
    async headers(id) {
      const text = await readSealed(db, id, "headers");
      return text === undefined ? {} : sealed.openHeaders(text);
    },
    setHeaders: async (id, headers, nowMs) =>
      set(db, id, { headers: sealed.sealHeaders(headers), updated_at_ms: nowMs }),
    async secrets(id) {
      const text = await readSealed(db, id, "secrets");
      return text === undefined ? [] : sealed.openSecrets(text);
    },
    async checkSecrets() {
      for (const order of ["asc", "desc"] as const) {
        const one = db.selectFrom("endpoint").select("secrets").orderBy("id", order).limit(1);
        for (const { secrets } of await one.execute()) sealed.openSecrets(secrets);
      }
    },
    setSecrets: async (id, secrets, nowMs) =>
      set(db, id, { secrets: sealed.sealSecrets(secrets), updated_at_ms: nowMs }),
  };
}

async function update(db: Kysely<Tables>, endpoint: Endpoint): Promise<void> {
  const { id, application_id: _, created_at_ms: __, ...changes } = fromEndpoint(endpoint);
  await set(db, id, changes);
}

type Changes = Partial<ReturnType<typeof fromEndpoint>> & {
  readonly headers?: string;
  readonly secrets?: string;
  readonly deleted_at_ms?: number;
};

async function set(db: Kysely<Tables>, id: string, changes: Changes): Promise<void> {
  await db
    .updateTable("endpoint")
    .set(changes)
    .where("id", "=", id)
    .where("deleted_at_ms", "is", null)
    .execute();
}

async function findBy(
  db: Kysely<Tables>,
  column: "id" | "uid",
  applicationId: string,
  value: string,
): Promise<Endpoint | undefined> {
  const row = await db
    .selectFrom("endpoint")
    .select(COLUMNS)
    .where("application_id", "=", applicationId)
    .where(column, "=", value)
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
      .select(COLUMNS)
      .where("application_id", "=", applicationId)
      .where("deleted_at_ms", "is", null)
      .where((eb) => eb.and(scan.bounds.map(({ operator, key }) => eb("id", operator, key))))
      .orderBy("id", scan.direction)
      .limit(scan.rowsMax)
      .execute();
    return rows.map(toEndpoint);
  });
}

async function readSealed(
  db: Kysely<Tables>,
  id: string,
  column: "headers" | "secrets",
): Promise<string | undefined> {
  const row = await db
    .selectFrom("endpoint")
    .select(`${column} as sealed`)
    .where("id", "=", id)
    .where("deleted_at_ms", "is", null)
    .executeTakeFirst();
  return row?.sealed;
}
