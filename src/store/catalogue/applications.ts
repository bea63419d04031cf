import type { Kysely } from "kysely";
import { isId } from "../../domain/ids.ts";
import type { Application } from "../../domain/records.ts";
import type { Applications, Page, PageQuery } from "../catalogue.ts";
import { fromApplication, toApplication } from "../rows.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { readPage } from "./page.ts";
import { writeUnlessUidTaken } from "./unique-violation.ts";

export function createApplications({
  kysely: db,
  inOneTransaction,
}: CatalogueDatabase): Applications {
  return {
    create: async (application) =>
      writeUnlessUidTaken(application, async () =>
        db.insertInto("application").values(fromApplication(application)).execute(),
      ),
    update: async (application) =>
      writeUnlessUidTaken(application, async () => update(db, application)),
    find: async (organizationId, idOrUid) =>
      (isId("app", idOrUid) ? await findBy(db, "id", organizationId, idOrUid) : undefined) ??
      (await findBy(db, "uid", organizationId, idOrUid)),
    remove: async (id, nowMs) => inOneTransaction(removals(db, id, nowMs)),
    list: async (organizationId, page) => list(db, organizationId, page),
  };
}

async function update(db: Kysely<Tables>, application: Application): Promise<void> {
  const { id, organization_id: _, created_at_ms: __, ...changes } = fromApplication(application);
  await db
    .updateTable("application")
    .set(changes)
    .where("id", "=", id)
    .where("deleted_at_ms", "is", null)
    .execute();
}

async function findBy(
  db: Kysely<Tables>,
  column: "id" | "uid",
  organizationId: string,
  value: string,
): Promise<Application | undefined> {
  const row = await db
    .selectFrom("application")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where(column, "=", value)
    .where("deleted_at_ms", "is", null)
    .executeTakeFirst();
  return row === undefined ? undefined : toApplication(row);
}

function removals(db: Kysely<Tables>, id: string, nowMs: number) {
  const deletion = { deleted_at_ms: nowMs };
  const application = db.updateTable("application").set(deletion).where("id", "=", id);
  const endpoints = db.updateTable("endpoint").set(deletion).where("application_id", "=", id);
  return [
    application.where("deleted_at_ms", "is", null).compile(),
    endpoints.where("deleted_at_ms", "is", null).compile(),
  ];
}

async function list(
  db: Kysely<Tables>,
  organizationId: string,
  page: PageQuery,
): Promise<Page<Application>> {
  return readPage(page, async (scan) => {
    const rows = await db
      .selectFrom("application")
      .selectAll()
      .where("organization_id", "=", organizationId)
      .where("deleted_at_ms", "is", null)
      .where((eb) => eb.and(scan.bounds.map(({ operator, key }) => eb("id", operator, key))))
      .orderBy("id", scan.direction)
      .limit(scan.rowsMax)
      .execute();
    return rows.map(toApplication);
  });
}
