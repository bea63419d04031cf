import { sql, type Kysely } from "kysely";
import { isId } from "../../domain/ids.ts";
import type { Application } from "../../domain/records.ts";
import type { Applications, Page, PageQuery } from "../catalogue.ts";
import { fromApplication, toApplication } from "../rows.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { changeRowWithUid } from "./change-row.ts";
import { readPage } from "./page.ts";
import { createSandboxOf } from "./sandboxes.ts";
import { unlessUidTaken } from "./unique-violation.ts";

export function createApplications({
  kysely: db,
  inOneTransaction,
}: CatalogueDatabase): Applications {
  return {
    create: async (application) =>
      unlessUidTaken(async () => {
        await db.insertInto("application").values(fromApplication(application)).execute();
        return { kind: "written", row: application };
      }),
    change: async (id, change) => {
      const read = async () => findCustomer(db, { id });
      const write = async (row: Application, { updatedAtMs }: Application) =>
        update(db, row, updatedAtMs);
      return changeRowWithUid({ read, write }, change);
    },
    find: async (organizationId, idOrUid) =>
      (isId("app", idOrUid)
        ? await findCustomer(db, { organization_id: organizationId, id: idOrUid })
        : undefined) ?? (await findCustomer(db, { organization_id: organizationId, uid: idOrUid })),
    remove: async (id, nowMs) => inOneTransaction(removals(db, id, nowMs)),
    list: async (organizationId, page) => list(db, organizationId, page),
    findOperational: async (organizationId) => findOperational(db, organizationId),
    ensureOperational: async (application) => ensureOperational(db, application),
    sandboxOf: createSandboxOf(db),
  };
}

async function update(
  db: Kysely<Tables>,
  application: Application,
  readAtMs: number,
): Promise<bigint> {
  const { id, organization_id: _, created_at_ms: __, ...changes } = fromApplication(application);
  const result = await db
    .updateTable("application")
    .set(changes)
    .where("id", "=", id)
    .where("updated_at_ms", "=", readAtMs)
    .where("deleted_at_ms", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows;
}

type Named = { readonly organization_id?: string; readonly id?: string; readonly uid?: string };

async function findCustomer(db: Kysely<Tables>, named: Named): Promise<Application | undefined> {
  const row = await customers(db)
    .where((eb) => eb.and(named))
    .executeTakeFirst();
  return row === undefined ? undefined : toApplication(row);
}

function customers(db: Kysely<Tables>) {
  return db
    .selectFrom("application")
    .selectAll()
    .where("kind", "=", "customer")
    .where("deleted_at_ms", "is", null);
}

function removals(db: Kysely<Tables>, id: string, nowMs: number) {
  const deletion = { deleted_at_ms: nowMs };
  const sandboxes = db.selectFrom("application").select("id").where("sandbox_of", "=", id);
  const applications = db.updateTable("application").set(deletion);
  const endpoints = db.updateTable("endpoint").set(deletion);
  const keys = db.updateTable("api_key").set({ revoked_at_ms: nowMs });
  return [
    endpoints
      .where((eb) => eb.or([eb("application_id", "=", id), eb("application_id", "in", sandboxes)]))
      .where("deleted_at_ms", "is", null)
      .compile(),
    applications
      .where((eb) => eb.or([eb("id", "=", id), eb("sandbox_of", "=", id)]))
      .where("deleted_at_ms", "is", null)
      .compile(),
    keys.where("application_id", "=", id).where("revoked_at_ms", "is", null).compile(),
  ];
}

async function list(
  db: Kysely<Tables>,
  organizationId: string,
  page: PageQuery,
): Promise<Page<Application>> {
  return readPage(page, async (scan) => {
    const rows = await customers(db)
      .where("organization_id", "=", organizationId)
      .where((eb) => eb.and(scan.bounds.map(({ operator, key }) => eb("id", operator, key))))
      .orderBy("id", scan.direction)
      .limit(scan.rowsMax)
      .execute();
    return rows.map(toApplication);
  });
}

async function findOperational(
  db: Kysely<Tables>,
  organizationId: string,
): Promise<Application | undefined> {
  const row = await db
    .selectFrom("application")
    .selectAll()
    .where("organization_id", "=", organizationId)
    // In the statement's text, because SQLite uses an index of some rows only for what it can see.
    .where("kind", "=", sql.lit("operational"))
    .where("deleted_at_ms", "is", null)
    .executeTakeFirst();
  return row === undefined ? undefined : toApplication(row);
}

async function ensureOperational(
  db: Kysely<Tables>,
  application: Application,
): Promise<Application> {
  await db
    .insertInto("application")
    .values({ ...fromApplication(application), kind: "operational" })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const found = await findOperational(db, application.organizationId);
  if (found === undefined) throw new Error("The organization's own application is not there");
  return found;
}
