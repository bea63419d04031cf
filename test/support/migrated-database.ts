import { inject, onTestFinished } from "vitest";
import { migratePostgresDatabase } from "../../src/store/postgres/migrate-database.ts";
import { createDatabase } from "./postgres.ts";

/** The URL of a Postgres database of its own, with nothing in it. It goes with the test. */
export async function emptyDatabase(): Promise<string> {
  const postgresUrl = inject("postgresUrl");
  if (postgresUrl === null) throw new Error("Postgres is not installed");
  const database = await createDatabase(postgresUrl);
  onTestFinished(() => database.drop());
  return database.url;
}

/** The same, as `posthorn migrate` leaves it. */
export async function migratedDatabase(): Promise<string> {
  const url = await emptyDatabase();
  await migratePostgresDatabase(url);
  return url;
}
