import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import {
  Kysely,
  sql,
  SqliteDialect,
  type CompiledQuery,
  type SqliteDatabase,
  type SqliteStatement,
} from "kysely";
import type { CatalogueDatabase } from "../catalogue/catalogue-database.ts";
import type { Tables } from "../tables.ts";

const STATEMENTS_MAX = 200;
/** A millisecond or two each, in which this process does nothing else. */
const ROWS_AT_ONCE = { read: 3_000, written: 200 };

/**
 * Kysely over a connection that it shares with the hot statements. It must not hold a transaction
 * across an await: theirs begin and commit within one turn of the event loop. Whoever opened the
 * connection closes it.
 */
export function createSqliteKysely(database: DatabaseSync): CatalogueDatabase {
  return {
    kysely: new Kysely<Tables>({ dialect: createDialect(database) }),
    listIncludes: (list, name) =>
      sql`exists (select 1 from json_each(${list}) where value = ${name})`,
    byteOrdered: (text) => sql`${text}`,
    // Nobody else writes while a statement does.
    locked: (ids) => ids,
    rowsAtOnce: ROWS_AT_ONCE,
    inOneTransaction: async (queries) => inOneTransaction(database, queries),
  };
}

function createDialect(database: DatabaseSync): SqliteDialect {
  const statements = new Map<string, SqliteStatement>();

  function prepare(sql: string): SqliteStatement {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    // Filters make many variants of a list's statement; a full cache starts afresh.
    if (statements.size >= STATEMENTS_MAX) statements.clear();
    const statement = adapt(database.prepare(sql));
    statements.set(sql, statement);
    return statement;
  }

  const adapted: SqliteDatabase = { prepare, close: () => undefined };
  return new SqliteDialect({ database: adapted });
}

function adapt(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(toInputValue)),
    run: (parameters) => statement.run(...parameters.map(toInputValue)),
    iterate: (parameters) => statement.iterate(...parameters.map(toInputValue)),
  };
}

/** Statements bind only what a column can hold: SQLite has no booleans. */
function toInputValue(value: unknown): SQLInputValue {
  return typeof value === "boolean" ? Number(value) : (value as SQLInputValue);
}

function inOneTransaction(database: DatabaseSync, queries: readonly CompiledQuery[]): void {
  database.exec("begin immediate");
  try {
    for (const query of queries) {
      database.prepare(query.sql).run(...query.parameters.map(toInputValue));
    }
    database.exec("commit");
  } catch (error) {
    if (database.isTransaction) database.exec("rollback");
    throw error;
  }
}
