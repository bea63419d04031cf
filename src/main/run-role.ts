import type { Config } from "../config.ts";
import { connectTemporal } from "../temporal/connection.ts";
import { createLogger, routeTemporalLogs } from "./logger.ts";
import { openStore } from "./open-store.ts";
import { EVERYWHERE, type RolesOptions } from "./roles-options.ts";
import { startRoles } from "./roles.ts";
import { listenForStop } from "./signals.ts";
import { forOperator, UserError } from "./user-error.ts";

/** The HTTP API alone. Ends when it is told to. */
export function runGateway(config: Config): Promise<void> {
  const host = config.host ?? EVERYWHERE;
  return run(config, (jwtSecret) => ({
    gateway: { host, jwtSecret, temporalUiUrl: config.temporal.uiUrl },
    worker: null,
  }));
}

/** Makes attempts and serves nothing. Ends when it is told to, or when Temporal refuses it. */
export function runWorker(config: Config): Promise<void> {
  const allowedSubnets = config.delivery.allowedSubnets ?? [];
  return run(config, () => ({ gateway: null, worker: { allowedSubnets } }));
}

type Roles = Pick<RolesOptions, "gateway" | "worker">;

async function run(config: Config, rolesOf: (jwtSecret: string) => Roles): Promise<void> {
  const { jwtSecret, databaseUrl, encryptionKeys } = config;
  const { address } = config.temporal;
  if (databaseUrl === undefined) throw missing("DATABASE_URL", "the Postgres that all share");
  if (address === undefined) throw missing("TEMPORAL_ADDRESS", "host:port of a Temporal server");
  if (jwtSecret === undefined) throw missing("JWT_SECRET", "what signs the API's tokens");

  const stop = listenForStop();
  const logger = createLogger(config.logLevel);
  await using owned = new AsyncDisposableStack();
  const store = await openStore(config, { jwtSecret, encryptionKeys, migrate: false });
  owned.defer(() => store.close());
  routeTemporalLogs(logger);
  const connection = await forOperator(() => connectTemporal({ ...config.temporal, address }));
  owned.defer(() => connection.close());
  const running = await startRoles({ config, store, connection, logger, ...rolesOf(jwtSecret) });
  owned.defer(() => running.stop());

  stop.isRunning();
  logger.info({ url: running.url }, "running");
  await Promise.race([stop.requested, running.failed]);
  logger.info("stopping: what is under way is let end");
}

function missing(name: string, what: string): UserError {
  return new UserError(`${name} is not set: ${what}. .env.example lists all settings`);
}
