import { missingFromPostgres, migratePostgres } from "../migrate.ts";
import { connectPostgres } from "./connect.ts";

/**
 * Applies what is missing and returns its names. Throws an Error of one sentence if there is no
 * connection to be had, or if the database is newer than this code.
 */
export async function migratePostgresDatabase(databaseUrl: string): Promise<readonly string[]> {
  const client = await connectPostgres(databaseUrl);
  try {
    return (await migratePostgres(client)).map(fullName);
  } finally {
    await client.end();
  }
}

/** Throws an Error that says what to run unless every migration has been applied. */
export async function requireMigrated(databaseUrl: string): Promise<void> {
  const client = await connectPostgres(databaseUrl);
  try {
    const missing = (await missingFromPostgres(client)).map(fullName);
    if (missing.length > 0) {
      throw new Error(`The database lacks ${missing.join(", ")}: run "posthorn migrate" first.`);
    }
  } finally {
    await client.end();
  }
}

function fullName({ version, name }: { readonly version: number; readonly name: string }): string {
  return `${String(version).padStart(4, "0")}-${name}`;
}
