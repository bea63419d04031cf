import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@temporalio/client";
import type { NativeConnection } from "@temporalio/worker";
import { Svix } from "svix";
import { readConfig } from "../../src/config.ts";
import { createLogger, routeTemporalLogs } from "../../src/main/logger.ts";
import { openStore } from "../../src/main/open-store.ts";
import { startRoles } from "../../src/main/roles.ts";
import { makeToken } from "../../src/main/token.ts";
import type { Store } from "../../src/store/store.ts";
import { connectTemporal } from "../../src/temporal/connection.ts";
import { skipTimeAlways } from "./time.ts";

/** Gateway and worker in this process, with a database and a task queue of their own. */
export type Installation = AsyncDisposable & {
  readonly url: string;
  readonly token: string;
  /** The stock client. */
  readonly svix: Svix;
  readonly temporal: Client;
  /** What Posthorn itself speaks to Temporal through. */
  readonly connection: NativeConnection;
  readonly store: Store;
  readonly taskQueue: string;
  /** Has posthorn.log, and the database if it is SQLite. */
  readonly dataDir: string;
};

export type InstallationOptions = {
  readonly temporalAddress: string;
  /** undefined: SQLite. */
  readonly databaseUrl?: string | undefined;
  /** Settings, by the names that operators use. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Whatever a workflow sleeps is skipped. Otherwise `advance` moves its clock. */
  readonly skipsTime?: boolean | undefined;
};

export const JWT_SECRET = "a secret that is only used in these tests";
export const ORGANIZATION = "org_23rb8YdGqMT0qIzpgGwdXfHirMu";
const LOOPBACK = "127.0.0.0/8,::1/128";

let logsAreRouted = false;

export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  await using starting = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), "posthorn-installation-"));
  starting.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const config = configOf(options, dataDir);
  const isLevelGiven = options.environment?.["LOG_LEVEL"] !== undefined;
  const logger = createLogger(
    isLevelGiven ? config.logLevel : "warn",
    join(dataDir, "posthorn.log"),
  );
  if (!logsAreRouted) routeTemporalLogs(logger);
  logsAreRouted = true;

  const store = await openStore(config, {
    jwtSecret: JWT_SECRET,
    encryptionKeys: [],
    migrate: true,
  });
  starting.defer(() => store.close());
  const connection = await connectTemporal({
    ...config.temporal,
    address: options.temporalAddress,
  });
  starting.defer(() => connection.close());
  if (options.skipsTime === true) skipTimeAlways(connection);

  const running = await startRoles({
    config,
    store,
    connection,
    logger,
    gateway: { host: "127.0.0.1", jwtSecret: JWT_SECRET, temporalUiUrl: config.temporal.uiUrl },
    worker: { allowedSubnets: config.delivery.allowedSubnets ?? [] },
  });
  starting.defer(() => running.stop());

  const url = running.url ?? "";
  const token = await makeToken(JWT_SECRET, { organizationId: ORGANIZATION });
  const owned = starting.move();
  return {
    url,
    token,
    store,
    dataDir,
    connection,
    taskQueue: config.temporal.taskQueue,
    svix: new Svix(token, { serverUrl: url }),
    temporal: new Client({ connection, namespace: config.temporal.namespace }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function configOf({ databaseUrl, environment }: InstallationOptions, dataDir: string) {
  return readConfig({
    PORT: "0",
    DATA_DIR: dataDir,
    TEMPORAL_TASK_QUEUE: `posthorn-${randomUUID()}`,
    ALLOWED_SUBNETS: LOOPBACK,
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    ...environment,
  });
}
