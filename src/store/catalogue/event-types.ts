import { sql, type Kysely, type SqlBool } from "kysely";
import type { EventType } from "../../domain/records.ts";
import type { EventTypeQuery, EventTypes, Page, WriteResult } from "../catalogue.ts";
import { fromEventType, toEventType } from "../rows.ts";
import type { Tables } from "../tables.ts";
import { readPage } from "./page.ts";

export function createEventTypes(db: Kysely<Tables>): EventTypes {
  return {
    create: async (eventType) => createOrRevive(db, eventType),
    update: async (eventType) => update(db, eventType),
    async find(organizationId, name) {
      const row = await db
        .selectFrom("event_type")
        .selectAll()
        .where("organization_id", "=", organizationId)
        .where("name", "=", name)
        .executeTakeFirst();
      return row === undefined ? undefined : toEventType(row);
    },
    async known(organizationId, names) {
      if (names.length === 0) return new Set();
      const rows = await db
        .selectFrom("event_type")
        .select("name")
        .where("organization_id", "=", organizationId)
        .where("name", "in", names)
        .where("archived", "=", false)
        .execute();
      return new Set(rows.map(({ name }) => name));
    },
    async remove(organizationId, name) {
      await db
        .deleteFrom("event_type")
        .where("organization_id", "=", organizationId)
        .where("name", "=", name)
        .execute();
    },
    list: async (organizationId, query) => list(db, organizationId, query),
  };
}

/** One that comes back keeps its id and its age. */
async function createOrRevive(
  db: Kysely<Tables>,
  eventType: EventType,
): Promise<WriteResult<EventType>> {
  const { id, created_at_ms, ...content } = fromEventType(eventType);
  const row = await db
    .insertInto("event_type")
    .values({ id, created_at_ms, ...content })
    .onConflict((conflict) =>
      conflict
        .columns(["organization_id", "name"])
        .doUpdateSet(content)
        .where(sql<SqlBool>`event_type.archived`),
    )
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? { kind: "uid_taken" } : { kind: "written", row: toEventType(row) };
}

async function update(db: Kysely<Tables>, eventType: EventType): Promise<void> {
  const { id: _, created_at_ms: __, organization_id, name, ...changes } = fromEventType(eventType);
  await db
    .updateTable("event_type")
    .set(changes)
    .where("organization_id", "=", organization_id)
    .where("name", "=", name)
    .execute();
}

async function list(
  db: Kysely<Tables>,
  organizationId: string,
  query: EventTypeQuery,
): Promise<Page<EventType>> {
  return readPage(query, async (scan) => {
    const rows = await db
      .selectFrom("event_type")
      .selectAll()
      .where("organization_id", "=", organizationId)
      .where((eb) => eb.and(scan.bounds.map(({ operator, key }) => eb("name", operator, key))))
      .$if(!query.includeArchived, (rows) => rows.where("archived", "=", false))
      .orderBy("name", scan.direction)
      .limit(scan.rowsMax)
      .execute();
    return rows.map(toEventType);
  });
}
