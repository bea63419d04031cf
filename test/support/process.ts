import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { inject, onTestFinished } from "vitest";
import { waitFor } from "./wait-for.ts";

const PROGRAM = fileURLToPath(new URL("../../src/main/posthorn.ts", import.meta.url));
const PREBUILT = new URL("prebuilt-workflows.ts", import.meta.url).href;
/** On a machine that does much else, to load the program and start Temporal takes its time. */
const RUNNING_MS_MAX = 150_000;
const STOPPED_MS_MAX = 60_000;
const MARK = "POSTHORN_TEST_MARK";
/** For the environment of a process that is to bundle its workflows itself, which takes seconds. */
export const BUNDLES_ITSELF = { POSTHORN_TEST_BUNDLE: "" };

export const JWT_SECRET = "what only the tests sign with, and nobody else";

type Environment = Readonly<Record<string, string>>;

/** One `posthorn …` as an operator runs it. It, and all that it started, ends with the test. */
export type PosthornProcess = {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the match when it has been printed; rejects if the process ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
  /** As Ctrl-C does it; resolves when the process has ended by itself. */
  stop(): Promise<Ended>;
  /** The processes that are left of all that it started, itself included. */
  left(): readonly number[];
};

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export function runPosthorn(args: readonly string[], environment: Environment): PosthornProcess {
  const mark = randomUUID();
  const child = spawn(process.execPath, ["--import", PREBUILT, PROGRAM, ...args], {
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      POSTHORN_TEST_BUNDLE: inject("workflowBundle"),
      ...environment,
      [MARK]: mark,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));

  const { promise: ended, resolve } = Promise.withResolvers<Ended>();
  let hasEnded = false;
  child.once("close", (code, signal) => {
    hasEnded = true;
    resolve({ code, signal });
  });
  onTestFinished(() => killMarked(mark));

  return {
    pid: child.pid ?? 0,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    ended,
    kill: (signal) => void child.kill(signal),
    left: () => marked(mark),

    async printed(pattern) {
      for (const deadlineMs = Date.now() + RUNNING_MS_MAX; ; await delay(20)) {
        const match = pattern.exec(output.stdout);
        if (match !== null) return match;
        if (hasEnded || Date.now() > deadlineMs) {
          const why = hasEnded ? "it ended" : "it took too long";
          throw new Error(`${pattern} was not printed: ${why}\n${output.stdout}\n${output.stderr}`);
        }
      }
    },

    async stop() {
      child.kill("SIGINT");
      await waitFor("the process to end", () => hasEnded || undefined, STOPPED_MS_MAX);
      return ended;
    },
  };
}

/** The settings that processes of one installation share; tests shorten its times. */
export function installationSettings(databaseUrl: string, temporalAddress?: string): Environment {
  return {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress ?? inject("temporalAddress"),
    TEMPORAL_TASK_QUEUE: `processes-${randomUUID()}`,
    JWT_SECRET,
    HOST: "127.0.0.1",
    PORT: "0",
    ALLOWED_SUBNETS: "127.0.0.0/8",
    REQUEST_TIMEOUT: "2s",
    RETRY_SCHEDULE: "1s,1s,1s",
  };
}

export type RunningGateway = PosthornProcess & { readonly url: string };

export async function startGateway(environment: Environment): Promise<RunningGateway> {
  const gateway = runPosthorn(["gateway"], environment);
  const [, url = ""] = await gateway.printed(/"url":"([^"]+)","msg":"running"/);
  return { ...gateway, url };
}

export async function startWorker(environment: Environment): Promise<PosthornProcess> {
  const worker = runPosthorn(["worker"], environment);
  await worker.printed(/"msg":"running"/);
  return worker;
}

/** All in one process. Resolves when the demo has been shown, which is the last that it does. */
export async function startAll(environment: Environment): Promise<RunningGateway> {
  const all = runPosthorn(["start"], { HOST: "127.0.0.1", PORT: "0", JWT_SECRET, ...environment });
  const [, url = ""] = await all.printed(/API +(http:\S+)\/api\/v1\n[^]*Ctrl-C/);
  return { ...all, url };
}

/** An empty folder that goes with the test. Made before what works in it, it goes after that. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "posthorn-processes-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

/** A child inherits the mark, also one that outlived its parent. */
function marked(mark: string): readonly number[] {
  const { stdout } = spawnSync("ps", ["axeww", "-o", "pid=,command="], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout
    .split("\n")
    .filter((line) => line.includes(`${MARK}=${mark}`))
    .map((line) => Number.parseInt(line, 10));
}

async function killMarked(mark: string): Promise<void> {
  await waitFor("the test's processes to be gone", () => {
    const pids = marked(mark);
    for (const pid of pids) killIfThere(pid);
    return pids.length === 0 ? true : undefined;
  });
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended between the look and the signal.
  }
}
