import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { inject } from "vitest";
import { createDatabase } from "../../../test/support/postgres.ts";
import { migratePostgres } from "../../store/migrate.ts";
import { connectPostgres } from "../../store/postgres/connect.ts";
import { createPostgresStore } from "../../store/postgres/postgres-store.ts";
import { createSealer } from "../../store/sealed.ts";
import { createSqliteStore } from "../../store/sqlite/sqlite-store.ts";
import type { Store } from "../../store/store.ts";

/** A real store that goes with its test. */
export type TestStore = {
  readonly store: Store;
  /** All that is kept, to compare. */
  rows(): string;
  drop(): Promise<void>;
};

const TABLES = "select name from sqlite_schema where type = 'table' order by name";
const SEALER = createSealer(["k"]);

type Opening = readonly [database: string, open: () => TestStore | Promise<TestStore>];

/** One of each database that there is here: for what must not depend on which it is. */
export function testStores(): readonly Opening[] {
  const url = inject("postgresUrl");
  const sqlite: Opening = ["SQLite", sqliteTestStore];
  return url === null ? [sqlite] : [sqlite, ["Postgres", async () => postgresTestStore(url)]];
}

export function sqliteTestStore(): TestStore {
  const directory = mkdtempSync(join(tmpdir(), "gateway-"));
  const file = join(directory, "store.sqlite");
  const store = createSqliteStore({ file, sealer: SEALER });
  const reader = new DatabaseSync(file, { readOnly: true });
  return {
    store,
    rows: () => rowsOf(reader),
    async drop() {
      reader.close();
      await store.close();
      rmSync(directory, { recursive: true });
    },
  };
}

async function postgresTestStore(postgresUrl: string): Promise<TestStore> {
  const database = await createDatabase(postgresUrl);
  const client = await connectPostgres(database.url);
  await migratePostgres(client);
  await client.end();
  const store = await createPostgresStore({ databaseUrl: database.url, sealer: SEALER });
  return {
    store,
    rows() {
      throw new Error("Only SQLite answers at once");
    },
    async drop() {
      await store.close();
      await database.drop();
    },
  };
}

function rowsOf(reader: DatabaseSync): string {
  const tables = reader.prepare(TABLES).all();
  return JSON.stringify(
    tables.map(({ name }) => reader.prepare(`select * from ${String(name)}`).all()),
  );
}
