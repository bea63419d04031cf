import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { freePort } from "../src/temporal/free-port.ts";
import { startTestPostgres } from "../test/support/postgres.ts";

export type MeasuredPostgres = { readonly url: string; [Symbol.asyncDispose](): Promise<void> };

const READY_MS_MAX = 30_000;
const POLL_MS = 50;
const SETTINGS = ["listen_addresses=127.0.0.1", "unix_socket_directories="];

/**
 * A server with Postgres's own settings, fsync on. The tests' server, which never syncs, makes the
 * cluster. Throws where no Postgres is installed.
 */
export async function startPostgres(directory: string): Promise<MeasuredPostgres> {
  const { programs, data } = await makeCluster(directory);
  const { uid, gid } = statSync(data);
  const port = await freePort();
  const settings = SETTINGS.flatMap((setting) => ["-c", setting]);
  const child = spawn(join(programs, "postgres"), ["-D", data, "-p", String(port), ...settings], {
    cwd: directory,
    stdio: "ignore",
    // A Ctrl-C must not end it before Posthorn has drained.
    detached: true,
    uid,
    gid,
  });
  const gone = once(child, "exit");
  const end = (): void => void child.kill("SIGQUIT");
  process.once("exit", end);
  const stop = async (): Promise<void> => {
    end();
    await gone;
    process.removeListener("exit", end);
  };

  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const deadlineMs = Date.now() + READY_MS_MAX;
  while (!(await isSyncing(url))) {
    if (child.exitCode === null && Date.now() < deadlineMs) await delay(POLL_MS);
    else {
      if (child.exitCode === null) await stop();
      throw new Error("Postgres did not start, or does not sync");
    }
  }
  return { url, [Symbol.asyncDispose]: stop };
}

async function makeCluster(directory: string): Promise<{ programs: string; data: string }> {
  const server = await startTestPostgres(directory);
  if (server === null) throw new Error("--postgres needs Postgres, which is not installed here.");
  try {
    const programs = await ask(server.url, "select setting from pg_config() where name = 'BINDIR'");
    return { programs, data: join(directory, "postgres") };
  } finally {
    await server.stop();
  }
}

async function isSyncing(url: string): Promise<boolean> {
  return ask(url, "select current_setting('fsync')").then(
    (fsync) => fsync === "on",
    () => false,
  );
}

async function ask(url: string, sql: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<string[]>({ text: sql, rowMode: "array" });
    return rows[0]?.[0] ?? "";
  } finally {
    await client.end();
  }
}
