import type { Config } from "../config.ts";
import { migratePostgresDatabase } from "../store/postgres/migrate-database.ts";
import { UserError } from "./user-error.ts";

export async function runMigrate(config: Config): Promise<void> {
  if (config.databaseUrl === undefined) {
    throw new UserError("migrate needs DATABASE_URL; the SQLite file migrates itself at the start");
  }
  try {
    const applied = await migratePostgresDatabase(config.databaseUrl);
    console.log(applied.length === 0 ? "Nothing to migrate." : `Applied ${applied.join(", ")}.`);
  } catch (error) {
    throw new UserError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
