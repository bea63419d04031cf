import { join } from "node:path";
import type { Config } from "../config.ts";
import { migratePostgresDatabase, requireMigrated } from "../store/postgres/migrate-database.ts";
import { createPostgresStore } from "../store/postgres/postgres-store.ts";
import { createSealer, type Sealer } from "../store/sealed.ts";
import { createSqliteStore } from "../store/sqlite/sqlite-store.ts";
import type { Store } from "../store/store.ts";
import { forOperator } from "./user-error.ts";

export type OpenStoreOptions = {
  readonly jwtSecret: string;
  readonly encryptionKeys: readonly string[];
  /** Brings Postgres up to date, rather than refuse it. SQLite always is. */
  readonly migrate: boolean;
};

/** Postgres if it is configured, else SQLite in the data folder. Throws a UserError. */
export async function openStore(config: Config, options: OpenStoreOptions): Promise<Store> {
  const [current = options.jwtSecret, ...older] = options.encryptionKeys;
  const sealer = createSealer([current, ...older]);
  const { databaseUrl, dataDir } = config;
  return forOperator(async () => {
    const store =
      databaseUrl === undefined
        ? createSqliteStore({ file: join(dataDir, "posthorn.db"), sealer })
        : await openPostgres(databaseUrl, sealer, options.migrate);
    await closeUnlessReadable(store);
    return store;
  });
}

/** Said at the start, rather than by every message that cannot be signed. */
async function closeUnlessReadable(store: Store): Promise<void> {
  try {
    await store.endpoints.checkSecrets();
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function openPostgres(databaseUrl: string, sealer: Sealer, migrate: boolean): Promise<Store> {
  if (migrate) await migratePostgresDatabase(databaseUrl);
  else await requireMigrated(databaseUrl);
  return createPostgresStore({ databaseUrl, sealer });
}
