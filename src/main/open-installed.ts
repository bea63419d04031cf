import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config.ts";
import type { Store } from "../store/store.ts";
import { readSecret } from "./data-dir.ts";
import { openStore } from "./open-store.ts";
import { UserError } from "./user-error.ts";

/**
 * Does something with the database of an installation that there is, also while Posthorn runs. Throws
 * a UserError where there is none: a command makes neither a database nor secrets.
 */
export async function withInstalledStore(
  config: Config,
  act: (store: Store) => Promise<void>,
): Promise<void> {
  const store = await openStore(config, { ...secretsOf(config), migrate: false });
  try {
    await act(store);
  } finally {
    await store.close();
  }
}

/** As `start` has them: a store opens only where its secrets can be read. */
function secretsOf({ dataDir, databaseUrl, jwtSecret, encryptionKeys }: Config) {
  if (databaseUrl === undefined && !existsSync(join(dataDir, "posthorn.db"))) {
    throw new UserError(
      `There is no database in ${dataDir}: set DATABASE_URL or DATA_DIR, or run \`npm start\` once`,
    );
  }
  const secret = jwtSecret ?? readSecret(dataDir, "jwt-secret");
  if (secret === undefined) {
    throw new UserError("There is no installation: set JWT_SECRET, or run `npm start` once");
  }
  const kept = databaseUrl === undefined ? readSecret(dataDir, "encryption-key") : undefined;
  return {
    jwtSecret: secret,
    encryptionKeys: kept === undefined ? encryptionKeys : [...encryptionKeys, kept],
  };
}
