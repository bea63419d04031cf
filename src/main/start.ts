import { join, resolve } from "node:path";
import type { Config } from "../config.ts";
import { connectTemporal } from "../temporal/connection.ts";
import { keptSecret, lockDataDir, openDataDir } from "./data-dir.ts";
import { showDemo } from "./demo.ts";
import { showLinks } from "./links.ts";
import { createLogger, routeTemporalLogs } from "./logger.ts";
import { openStore } from "./open-store.ts";
import { createProgress } from "./progress.ts";
import { startRoles } from "./roles.ts";
import { checkPort } from "./serve.ts";
import { listenForStop } from "./signals.ts";
import { openTemporal } from "./temporal-server.ts";
import { forOperator, UserError } from "./user-error.ts";

const LOOPBACK = ["127.0.0.0/8", "::1/128"];

/** All roles in one process, with a Temporal server of our own unless one is configured. */
export async function start(config: Config): Promise<void> {
  openDataDir(config.dataDir);
  const stop = listenForStop();
  await using owned = new AsyncDisposableStack();
  owned.defer(lockDataDir(config.dataDir));

  const progress = createProgress((text) => process.stdout.write(text));
  const host = config.host ?? "127.0.0.1";
  await checkPort(host, config.port);
  const logFile = join(config.dataDir, "posthorn.log");
  const logger = createLogger(config.logLevel, logFile);
  progress.note("\nPosthorn is starting.\n");

  const secrets = secretsOf(config);
  const stored = progress.step(`opening ${describeStore(config)}`);
  const store = await openStore(config, { ...secrets, migrate: true });
  owned.defer(() => store.close());
  stored(`database: ${describeStore(config)}`);

  routeTemporalLogs(logger);
  const temporal = await openTemporal(config, progress);
  owned.defer(() => temporal.stop());
  const { address } = temporal;
  const connection = await forOperator(() => connectTemporal({ ...config.temporal, address }));
  owned.defer(() => connection.close());

  const allowedSubnets = config.delivery.allowedSubnets ?? LOOPBACK;
  const started = progress.step("starting gateway and worker");
  const running = await startRoles({
    config,
    store,
    connection,
    logger,
    gateway: { host, jwtSecret: secrets.jwtSecret, temporalUiUrl: temporal.uiUrl },
    worker: { allowedSubnets },
  });
  owned.defer(() => running.stop());
  stop.isRunning();
  started("gateway and worker");
  logger.info({ url: running.url }, "running");

  const url = running.url ?? "";
  showLinks({ url, temporal, allowedSubnets, progress });
  // Its receiver has no certificate.
  if (config.demo && !config.endpoints.httpsOnly) {
    const demo = await showDemo({ config, progress, temporal, url, jwtSecret: secrets.jwtSecret });
    owned.defer(() => demo.close());
  }
  progress.note(`\nLogs: ${logFile}. Ctrl-C lets what is under way end, and stops everything.\n`);

  await Promise.race([stop.requested, running.failed, temporal.exited.then(fail)]);
  progress.note("\nStopping: what is under way is let end (Ctrl-C again to stop at once) …");
  logger.info("stopping: what is under way is let end");
  await owned.disposeAsync();
  progress.note("Stopped.");
}

function secretsOf({ dataDir, databaseUrl, jwtSecret, encryptionKeys }: Config) {
  // Also behind the configured ones: what was sealed before they were set has to open. What others
  // share, in Postgres, is not sealed with a key of this folder alone.
  const kept = databaseUrl === undefined ? [keptSecret(dataDir, "encryption-key")] : [];
  return {
    jwtSecret: jwtSecret ?? keptSecret(dataDir, "jwt-secret"),
    encryptionKeys: [...encryptionKeys, ...kept],
  };
}

function describeStore({ databaseUrl, dataDir }: Config): string {
  return databaseUrl === undefined ? `SQLite in ${resolve(dataDir)}` : "Postgres (DATABASE_URL)";
}

function fail(why: string): never {
  throw new UserError(why);
}
