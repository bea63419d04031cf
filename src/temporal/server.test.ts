import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Connection } from "@temporalio/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { defaultCacheDir, findTemporalBinary } from "./find-server.ts";
import { startTemporalServer, type TemporalServer } from "./server.ts";

const SOON = { timeout: 30_000 };
const SERVER_MS_MAX = 90_000;

let directory = "";
let binary = "";
let servers: TemporalServer[] = [];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "posthorn-server-"));
  binary = await findTemporalBinary({
    configured: undefined,
    cacheDir: defaultCacheDir(),
    onProgress: () => undefined,
  });
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
  rmSync(directory, { recursive: true, force: true });
});

test(
  "a server answers with our search attributes, and is gone when stopped",
  async () => {
    const server = await start();
    expect(await searchAttributes(server.address)).toMatchObject({
      PosthornApp: "INDEXED_VALUE_TYPE_KEYWORD_LIST",
      PosthornMessage: "INDEXED_VALUE_TYPE_KEYWORD_LIST",
    });
    // Its web pages come a moment after its API.
    await vi.waitFor(async () => expect((await fetch(server.uiUrl)).status).toBe(200), SOON);

    const { pid } = JSON.parse(readFileSync(pidFile(), "utf8"));
    await server.stop();
    expect(isRunning(pid)).toBe(false);
    expect(existsSync(pidFile())).toBe(false);
  },
  SERVER_MS_MAX,
);

test(
  "a server that dies says so",
  async () => {
    const server = await start();
    process.kill(JSON.parse(readFileSync(pidFile(), "utf8")).pid, "SIGKILL");
    await expect(server.exited).resolves.toContain("ended by SIGKILL");
  },
  SERVER_MS_MAX,
);

test(
  "a server that cannot start is an error with its last words",
  async () => {
    await expect(start({ extraArgs: ["--no-such-flag"] })).rejects.toThrow(/no-such-flag/);
  },
  SERVER_MS_MAX,
);

test(
  "a server that ends early, because a port was taken meanwhile, is started again",
  async () => {
    binary = program(
      `[ -e "${directory}/tried" ] && exec "${binary}" "$@"; touch "${directory}/tried"; exit 2`,
    );
    const server = await start();
    await searchAttributes(server.address);
  },
  SERVER_MS_MAX,
);

test(
  "a server that ends early each time is an error, which says why before it says where",
  async () => {
    const where = Array.from({ length: 40 }, (_, i) => `at ${i}`).join("\n");
    binary = program(`echo >>"${directory}/starts"; printf 'panic: no port\n${where}\n'; exit 2`);
    await expect(start()).rejects.toThrow(/with code 2\.\npanic: no port\nat 25\n[^]*at 39$/);
    expect(readFileSync(join(directory, "starts"), "utf8")).toBe("\n\n\n");
  },
  SERVER_MS_MAX,
);

test(
  "a program that is not there is an error",
  async () => {
    binary = join(directory, "nothing");
    await expect(start()).rejects.toThrow(/ENOENT/);
  },
  SERVER_MS_MAX,
);

test(
  "a database that was never finished does not prevent a start",
  async () => {
    writeFileSync(dbFile(), "half a databas");
    writeFileSync(`${dbFile()}.unfinished`, "");
    await start();
    expect(existsSync(`${dbFile()}.unfinished`)).toBe(false);
  },
  SERVER_MS_MAX,
);

test(
  "what a killed process left running is ended before the next start",
  async () => {
    const orphan = await leaveOrphan();
    process.kill(orphan, 0);
    const server = await start();
    // It is gone once the machine's first process has taken note of its end.
    await vi.waitFor(() => expect(() => process.kill(orphan, 0)).toThrow("ESRCH"), SOON);
    await searchAttributes(server.address);
  },
  SERVER_MS_MAX,
);

test(
  "a database that a living process serves is left alone",
  async () => {
    const server = await start();
    await expect(start()).rejects.toThrow(/in use by another process/);
    await searchAttributes(server.address);
  },
  SERVER_MS_MAX,
);

/** A process that ended, and that nobody has asked for its exit code yet, is not running. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.startsWith("Z");
}

/** Of the shell. */
function program(script: string): string {
  const file = join(directory, "program");
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

function dbFile(): string {
  return join(directory, "temporal.db");
}

function pidFile(): string {
  return join(directory, "temporal.pid");
}

async function start(
  options: { readonly extraArgs?: readonly string[] } = {},
): Promise<TemporalServer> {
  const server = await startTemporalServer({
    binary,
    dbFile: dbFile(),
    pidFile: pidFile(),
    ...options,
  });
  servers.push(server);
  return server;
}

/** Starts a server in a process of its own, kills that, and returns the server's process id. */
async function leaveOrphan(): Promise<number> {
  const module = fileURLToPath(new URL("./server.ts", import.meta.url));
  const options = JSON.stringify({ binary, dbFile: dbFile(), pidFile: pidFile() });
  const script = `
    const { startTemporalServer } = await import(${JSON.stringify(module)});
    await startTemporalServer(${options});
    console.log("ready");`;
  const starter = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(starter.stdout, "data");
  starter.kill("SIGKILL");
  await once(starter, "exit");
  await delay(50);
  return JSON.parse(readFileSync(pidFile(), "utf8")).pid;
}

async function searchAttributes(address: string): Promise<Record<string, unknown>> {
  const connection = await Connection.connect({ address });
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace: "default",
    });
    const names = ["UNSPECIFIED", "TEXT", "KEYWORD", "INT", "DOUBLE", "BOOL", "DATETIME"];
    return Object.fromEntries(
      Object.entries(customAttributes ?? {}).map(([name, type]) => [
        name,
        `INDEXED_VALUE_TYPE_${names[type] ?? "KEYWORD_LIST"}`,
      ]),
    );
  } finally {
    await connection.close();
  }
}
