import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { freePort } from "../../src/temporal/free-port.ts";

const READY_MS_MAX = 30_000;
const POLL_MS = 50;

/** Nothing of a test's database has to survive a power cut. */
const SETTINGS = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
};

export type PostgresServer = { readonly url: string; stop(): Promise<void> };

/** A database of its own for a test file. `drop` closes whatever is still connected to it. */
export async function createDatabase(
  postgresUrl: string,
): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await query(postgresUrl, `CREATE DATABASE ${name}`);
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => query(postgresUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/** A Postgres server for the whole run, or null where none is installed. */
export async function startTestPostgres(directory: string): Promise<PostgresServer | null> {
  const programs = findPrograms();
  if (programs === undefined) return null;

  const data = join(directory, "postgres");
  mkdirSync(data, { mode: 0o700 });
  const user = unprivilegedUser();
  if (user !== undefined) {
    chownSync(directory, user.uid, user.gid);
    chownSync(data, user.uid, user.gid);
  }
  const initialize = [
    "-D",
    data,
    "-U",
    "postgres",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--locale=C",
    "-N",
  ];
  execFileSync(join(programs, "initdb"), initialize, { cwd: directory, stdio: "pipe", ...user });

  const port = await freePort();
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(join(programs, "postgres"), ["-D", data, "-p", String(port), ...settings], {
    cwd: directory,
    stdio: ["ignore", "ignore", "pipe"],
    ...user,
  });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  return { url, stop: await untilReady(child, url) };
}

function findPrograms(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).toSorted(byVersionDescending) : [];
  const directories = [
    ...(process.env["PATH"] ?? "").split(delimiter),
    ...versions.map((version) => join(debian, version, "bin")),
  ];
  return directories.find((directory) =>
    ["postgres", "initdb"].every((program) => existsSync(join(directory, program))),
  );
}

function byVersionDescending(a: string, b: string): number {
  return Number(b) - Number(a);
}

/** Postgres refuses to run as root, so root runs it as the first of these users that there is. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag: string): number =>
        Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: "pipe" }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      // No such user: the next.
    }
  }
  throw new Error("Postgres does not run as root, and there is no user postgres or nobody");
}

/** Resolves, with what ends it, when the server answers; throws with its log when it does not. */
async function untilReady(child: ChildProcess, url: string): Promise<() => Promise<void>> {
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (log = (log + text).slice(-4096)));
  // SIGQUIT is an immediate shutdown: no checkpoint for data that is deleted anyway.
  const end = (): void => void child.kill("SIGQUIT");
  process.once("exit", end);
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const stop = async (): Promise<void> => {
    end();
    await gone;
    process.removeListener("exit", end);
  };

  const deadline = Date.now() + READY_MS_MAX;
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`Postgres did not start:\n${log}`);
    }
    await delay(POLL_MS);
  }
  return stop;
}

async function answers(url: string): Promise<boolean> {
  return query(url, "SELECT 1").then(
    () => true,
    () => false,
  );
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
