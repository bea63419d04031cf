import { randomBytes } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createApi } from "../src/main/demo-api.ts";
import { makeToken } from "../src/main/token.ts";
import { endOrphan } from "../src/temporal/server-orphan.ts";
import { createRunDirectory } from "../test/support/run-directory.ts";
import { runChild } from "./child.ts";
import { startPostgres } from "./postgres.ts";

export type StoreKind = "sqlite" | "postgres";

/** Posthorn as `npm start` runs it, with an application and an endpoint at the receiver. */
export type RunningPosthorn = {
  readonly url: string;
  readonly token: string;
  readonly messagesUrl: string;
  /** Posthorn's process and Temporal's. Not Postgres, where there is one. */
  readonly pids: readonly number[];
  /** Where the store is SQLite. */
  readonly databaseFile: string;
  [Symbol.asyncDispose](): Promise<void>;
};

/** A run must not depend on what else the shell has set; `DELIVERY_GROUP_MAX` and such pass. */
const EMBEDDED = {
  HOST: "127.0.0.1",
  PORT: "0",
  LOG_LEVEL: "warn",
  TEMPORAL_ADDRESS: "",
  DATABASE_URL: "",
  ALLOWED_SUBNETS: "127.0.0.0/8",
};
/** Printed when the demo has been shown, which is the last that happens at the start. */
const STARTED = /API +(http:\S+)\/api\/v1\n[^]*Ctrl-C/;

export async function startPosthorn(
  store: StoreKind,
  receiverUrl: string,
  signal: AbortSignal,
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningPosthorn> {
  await using owned = new AsyncDisposableStack();
  // Its name says whose it is, so that a later run tidies up after one that was killed.
  const directory = createRunDirectory();
  owned.defer(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  const postgres = store === "postgres" ? owned.use(await startPostgres(directory)) : undefined;

  const jwtSecret = randomBytes(32).toString("hex");
  const child = runChild(["src/main/posthorn.ts", "start"], {
    ...EMBEDDED,
    DATA_DIR: directory,
    JWT_SECRET: jwtSecret,
    ...(postgres && { DATABASE_URL: postgres.url }),
    ...environment,
  });
  const temporalPidFile = join(directory, "temporal.pid");
  owned.defer(async () => {
    await child.stop();
    await endOrphan(temporalPidFile, join(directory, "temporal.db"));
  });

  const [, url = ""] = await child.printed(STARTED, signal);
  const token = await makeToken(jwtSecret, { organizationId: "org_bench" });
  const api = createApi(`${url}/api/v1`, token);
  const application = await api.post<{ id: string }>("app", { name: "Bench" });
  await api.post(`app/${application.id}/endpoint`, { url: receiverUrl });

  const temporal = JSON.parse(readFileSync(temporalPidFile, "utf8")) as { pid: number };
  const running = owned.move();
  return {
    url,
    token,
    messagesUrl: `${url}/api/v1/app/${application.id}/msg`,
    pids: [child.pid, temporal.pid],
    databaseFile: join(directory, "posthorn.db"),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
