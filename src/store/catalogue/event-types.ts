import { sql, type ExpressionBuilder, type Kysely, type RawBuilder, type SqlBool } from "kysely";
import type { EventType } from "../../domain/records.ts";
import type { EventTypeQuery, EventTypes, Page, WriteResult } from "../catalogue.ts";
import type { ScheduledEventType, ScheduledQuery } from "../catalogue-schedules.ts";
import { fromEventType, toEventType, toSchedule } from "../rows.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { changeRow } from "./change-row.ts";
import { readPage } from "./page.ts";

export function createEventTypes(database: CatalogueDatabase): EventTypes {
  const { kysely: db } = database;
  return {
    create: async (eventType) => createOrRevive(db, eventType),
    async change(organizationId, name, change) {
      const read = async () => find(db, organizationId, name);
      const write = async (row: EventType, { updatedAtMs }: EventType) =>
        update(db, row, updatedAtMs);
      return changeRow({ read, write }, change);
    },
    find: async (organizationId, name) => find(db, organizationId, name),
    async known(organizationId, names, featureFlags) {
      if (names.length === 0) return new Set();
      const rows = await db
        .selectFrom("event_type")
        .select("name")
        .where("organization_id", "=", organizationId)
        .where("name", "in", names)
        .where("archived", "=", false)
        .where(seenWith(database, featureFlags))
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
    list: async (organizationId, query) => list(database, organizationId, query),
    scheduled: async (organizationId, asked) => scheduled(database, organizationId, asked),
  };
}

async function createOrRevive(
  db: Kysely<Tables>,
  eventType: EventType,
): Promise<WriteResult<EventType>> {
  const kept = sql<string | null>`coalesce(excluded.retry_schedule, event_type.retry_schedule)`;
  const { insert, content } = insertion(db, eventType);
  const row = await insert
    .onConflict((conflict) =>
      conflict
        .columns(["organization_id", "name"])
        .doUpdateSet({ ...content, retry_schedule: kept })
        .where(sql<SqlBool>`event_type.archived`),
    )
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? { kind: "uid_taken" } : { kind: "written", row: toEventType(row) };
}

/** A statement that creates it, or replaces one that was there, which keeps its id and its age. */
export function replacement(db: Kysely<Tables>, eventType: EventType) {
  const { insert, content } = insertion(db, eventType);
  return insert.onConflict((conflict) =>
    conflict.columns(["organization_id", "name"]).doUpdateSet(content),
  );
}

function insertion(db: Kysely<Tables>, eventType: EventType) {
  const { id, created_at_ms, ...content } = fromEventType(eventType);
  const insert = db.insertInto("event_type").values({ id, created_at_ms, ...content });
  return { insert, content: { ...content, updated_at_ms: later(eventType.updatedAtMs) } };
}

async function find(
  db: Kysely<Tables>,
  organizationId: string,
  name: string,
): Promise<EventType | undefined> {
  const row = await db
    .selectFrom("event_type")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("name", "=", name)
    .executeTakeFirst();
  return row === undefined ? undefined : toEventType(row);
}

async function update(db: Kysely<Tables>, eventType: EventType, readAtMs: number): Promise<bigint> {
  const { id: _, created_at_ms: __, organization_id, name, ...changes } = fromEventType(eventType);
  const result = await db
    .updateTable("event_type")
    .set(changes)
    .where("organization_id", "=", organization_id)
    .where("name", "=", name)
    .where("updated_at_ms", "=", readAtMs)
    .executeTakeFirst();
  return result.numUpdatedRows;
}

export function archival(db: Kysely<Tables>, organizationId: string, name: string, nowMs: number) {
  return db
    .updateTable("event_type")
    .set({ archived: true, updated_at_ms: later(nowMs) })
    .where("organization_id", "=", organizationId)
    .where("name", "=", name);
}

/** Each change moves the time, which changeRow takes for a revision. */
function later(nowMs: number): RawBuilder<number> {
  const before = sql.ref("event_type.updated_at_ms");
  return sql`case when ${before} < ${nowMs} then ${nowMs} else ${before} + 1 end`;
}

async function list(
  database: CatalogueDatabase,
  organizationId: string,
  query: EventTypeQuery,
): Promise<Page<EventType>> {
  return readPage(query, async (scan) => {
    const rows = await database.kysely
      .selectFrom("event_type")
      .selectAll()
      .where("organization_id", "=", organizationId)
      .where((eb) => eb.and(scan.bounds.map(({ operator, key }) => eb("name", operator, key))))
      .$if(!query.includeArchived, (rows) => rows.where("archived", "=", false))
      .where(seenWith(database, query.featureFlags ?? null))
      .orderBy("name", scan.direction)
      .limit(scan.rowsMax)
      .execute();
    return rows.map(toEventType);
  });
}

async function scheduled(
  database: CatalogueDatabase,
  organizationId: string,
  { names, featureFlags, rowsMax }: ScheduledQuery,
): Promise<readonly ScheduledEventType[]> {
  // Postgres takes no empty list.
  if (names?.length === 0) return [];
  const rows = await database.kysely
    .selectFrom("event_type")
    .select(["name", "retry_schedule"])
    .where("organization_id", "=", organizationId)
    .where("retry_schedule", "is not", null)
    .where("archived", "=", false)
    .where((eb) => eb.and(names === null ? [] : [eb("name", "in", names)]))
    .where(seenWith(database, featureFlags))
    .orderBy("name")
    .limit(rowsMax)
    .execute();
  return rows.flatMap(({ name, retry_schedule: text }) => {
    const retrySchedule = toSchedule(text);
    return retrySchedule === null ? [] : [{ name, retrySchedule }];
  });
}

/** Those that are behind no flag, or behind one of these; null: all. */
function seenWith({ listIncludes }: CatalogueDatabase, flags: readonly string[] | null) {
  return (eb: ExpressionBuilder<Tables, "event_type">) => {
    if (flags === null) return eb.and([]);
    const isHeld = flags.map((flag) => listIncludes(eb.ref("feature_flags"), flag));
    return eb.or([eb("feature_flags", "is", null), ...isHeld]);
  };
}
