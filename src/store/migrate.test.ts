import { DatabaseSync } from "node:sqlite";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { createDatabase } from "../../test/support/postgres.ts";
import { migrateSqlite, missingFromSqlite } from "./migrate.ts";
import { connectPostgres } from "./postgres/connect.ts";
import { migratePostgresDatabase, requireMigrated } from "./postgres/migrate-database.ts";
import { createPostgresStore } from "./postgres/postgres-store.ts";
import { createSealer } from "./sealed.ts";

const postgresUrl = inject("postgresUrl");
const FROM_THE_FUTURE = "insert into schema_migration values (9999, 'future', 0)";

describe("migrations of SQLite", () => {
  test("a new database lacks all, is given them in order, and then lacks none", () => {
    const database = new DatabaseSync(":memory:");
    const missing = missingFromSqlite(database);
    expect(missing[0]).toMatchObject({ version: 1, name: "nouns" });
    expect(migrateSqlite(database)).toEqual(missing);
    expect(missingFromSqlite(database)).toEqual([]);
    expect(migrateSqlite(database)).toEqual([]);
  });

  test("a database that a newer version has migrated is refused", () => {
    const database = new DatabaseSync(":memory:");
    migrateSqlite(database);
    database.exec(FROM_THE_FUTURE);
    expect(() => migrateSqlite(database)).toThrow(/has migration 9999.*a newer Posthorn/);
  });
});

describe.skipIf(postgresUrl === null)("migrations of Postgres", () => {
  test("a new database is refused until it is migrated, once", async () => {
    const url = await newDatabase();
    await expect(requireMigrated(url)).rejects.toThrow(/lacks 0001-nouns.*posthorn migrate/);
    expect((await migratePostgresDatabase(url))[0]).toBe("0001-nouns");
    await expect(requireMigrated(url)).resolves.toBeUndefined();
    expect(await migratePostgresDatabase(url)).toEqual([]);
  });

  test("of processes that migrate at the same time, one does and the others wait", async () => {
    const url = await newDatabase();
    const five = Array.from({ length: 5 }, async () => migratePostgresDatabase(url));
    const applied = (await Promise.all(five)).flat();
    expect(applied.filter((name) => name === "0001-nouns")).toHaveLength(1);
  });

  test("a database that a newer version has migrated is refused", async () => {
    const url = await newDatabase();
    await migratePostgresDatabase(url);
    const client = await connectPostgres(url);
    await client.query(FROM_THE_FUTURE);
    await client.end();
    await expect(requireMigrated(url)).rejects.toThrow(/has migration 9999.*a newer Posthorn/);
    await expect(migratePostgresDatabase(url)).rejects.toThrow(/a newer Posthorn/);
  });
});

test("a Postgres that is not there is named in one sentence, without the password", async () => {
  const databaseUrl = "postgres://gull:hidden@127.0.0.1:1/mail";
  const opening = createPostgresStore({ databaseUrl, sealer: createSealer(["a key for tests"]) });
  const error = await opening.then(String, String);
  expect(error).toMatch(/^Error: Cannot use Postgres at 127\.0\.0\.1:1\/mail: .*ECONNREFUSED.*\.$/);
  expect(error).not.toContain("hidden");
});

async function newDatabase(): Promise<string> {
  const database = await createDatabase(postgresUrl ?? "");
  onTestFinished(async () => database.drop());
  return database.url;
}
