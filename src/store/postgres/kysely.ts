import { Kysely, PostgresDialect, sql } from "kysely";
import type { Pool } from "pg";
import type { CatalogueDatabase } from "../catalogue/catalogue-database.ts";
import type { Tables } from "../tables.ts";

/** Reading keeps nobody waiting; rows that are written are locked until the statement's end. */
const ROWS_AT_ONCE = { read: Infinity, written: 2_000 };

/** Kysely over the pool that the hot statements use. Whoever opened the pool ends it. */
export function createPostgresKysely(pool: Pool): CatalogueDatabase {
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    kysely,
    listIncludes: (list, name) => sql`jsonb_exists(${list}, ${name})`,
    byteOrdered: (text) => sql`${text} collate "C"`,
    locked: (ids, which) => (which === "all" ? ids.forUpdate() : ids.forUpdate().skipLocked()),
    rowsAtOnce: ROWS_AT_ONCE,
    inOneTransaction: async (queries) =>
      kysely.transaction().execute(async (transaction) => {
        for (const query of queries) await transaction.executeQuery(query);
      }),
  };
}
