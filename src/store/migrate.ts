import { readdirSync, readFileSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import type { ClientBase } from "pg";

export type Migration = { readonly version: number; readonly name: string; readonly sql: string };

const DIRECTORY = new URL("./migrations/", import.meta.url);
/** Any number that nobody else locks: all processes of an installation use this one. */
const ADVISORY_LOCK = 7_678_004_676;

const CREATE_TABLE = `create table if not exists schema_migration (
  version integer primary key,
  name text not null,
  applied_at_ms bigint not null
)`;

/** Applies what is missing, in order, each in its own transaction. Returns what was applied. */
export function migrateSqlite(database: DatabaseSync): readonly Migration[] {
  return missingFromSqlite(database).filter((migration) => applyToSqlite(database, migration));
}

/** Throws if the database is newer than this code. */
export function missingFromSqlite(database: DatabaseSync): readonly Migration[] {
  const table = "select 1 from sqlite_master where type = 'table' and name = 'schema_migration'";
  if (database.prepare(table).get() === undefined) return readMigrations("sqlite");
  const rows = database.prepare("select version from schema_migration").all();
  return missingFrom(
    rows.map((row) => Number(row["version"])),
    readMigrations("sqlite"),
  );
}

/** As for SQLite. Processes that do it at the same time wait for each other. */
export async function migratePostgres(client: ClientBase): Promise<readonly Migration[]> {
  const applied: Migration[] = [];
  for (const migration of await missingFromPostgres(client)) {
    if (await applyToPostgres(client, migration)) applied.push(migration);
  }
  return applied;
}

/** Throws if the database is newer than this code. */
export async function missingFromPostgres(client: ClientBase): Promise<readonly Migration[]> {
  const table = await client.query("select to_regclass('schema_migration') is not null as found");
  if (table.rows[0].found !== true) return readMigrations("postgres");
  const result = await client.query("select version from schema_migration");
  return missingFrom(
    result.rows.map((row) => Number(row.version)),
    readMigrations("postgres"),
  );
}

function readMigrations(dialect: "sqlite" | "postgres"): readonly Migration[] {
  return readdirSync(DIRECTORY)
    .filter((file) => file.endsWith(`.${dialect}.sql`))
    .sort()
    .map((file) => ({
      version: Number(file.slice(0, 4)),
      name: file.slice(5, -`.${dialect}.sql`.length),
      sql: readFileSync(new URL(file, DIRECTORY), "utf8"),
    }));
}

function missingFrom(applied: readonly number[], known: readonly Migration[]): Migration[] {
  const newestApplied = Math.max(0, ...applied);
  const newestKnown = known.at(-1)?.version ?? 0;
  if (newestApplied > newestKnown) {
    throw new Error(
      `The database has migration ${newestApplied}, but this Posthorn knows only ${newestKnown}: ` +
        "a newer Posthorn has migrated it. Run that version, or a later one.",
    );
  }
  return known.filter(({ version }) => !applied.includes(version));
}

function applyToSqlite(database: DatabaseSync, migration: Migration): boolean {
  // Immediate: another process that opens the same new file waits here, then finds it done.
  database.exec("begin immediate");
  try {
    database.exec(CREATE_TABLE);
    const insert = "insert into schema_migration values (?, ?, ?) on conflict do nothing";
    const { changes } = database.prepare(insert).run(migration.version, migration.name, Date.now());
    if (Number(changes) === 1) database.exec(migration.sql);
    database.exec("commit");
    return Number(changes) === 1;
  } catch (error) {
    database.exec("rollback");
    throw error;
  }
}

async function applyToPostgres(client: ClientBase, migration: Migration): Promise<boolean> {
  await client.query("begin");
  try {
    // Held until the commit, so it also works through a pooler that shares sessions.
    await client.query("select pg_advisory_xact_lock($1)", [ADVISORY_LOCK]);
    await client.query(CREATE_TABLE);
    const insert = "insert into schema_migration values ($1, $2, $3) on conflict do nothing";
    const { rowCount } = await client.query(insert, [
      migration.version,
      migration.name,
      Date.now(),
    ]);
    if (rowCount === 1) await client.query(migration.sql);
    await client.query("commit");
    return rowCount === 1;
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}
