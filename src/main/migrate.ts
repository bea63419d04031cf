import type { Config } from "../config.ts";
import { migratePostgresDatabase } from "../store/postgres/migrate-database.ts";
import { forOperator, UserError } from "./user-error.ts";

export async function runMigrate({ databaseUrl }: Config): Promise<void> {
  if (databaseUrl === undefined) {
    throw new UserError("migrate needs DATABASE_URL; the SQLite file migrates itself at the start");
  }
  const applied = await forOperator(() => migratePostgresDatabase(databaseUrl));
  console.log(applied.length === 0 ? "Nothing to migrate." : `Applied ${applied.join(", ")}.`);
}
