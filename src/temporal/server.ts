import { spawn, type ChildProcess } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { APPLICATION_ATTRIBUTE, MESSAGE_ATTRIBUTE } from "../../workflows/contract.ts";
import { logTail } from "./server-log.ts";
import { endOrphan, writePidFile } from "./server-orphan.ts";
import { freePort } from "./free-port.ts";
import { untilReady } from "./server-ready.ts";

const FRONTEND_PORT = 7233;
const UI_PORT = 8233;
const READY_MS_MAX = 60_000;
/** Ports that were free a moment ago, also those that it chooses itself, may be taken since. */
const STARTS_MAX = 3;
const STOP_MS_MAX = 10_000;
const LOG_BYTES_MAX = 20 * 1024 * 1024;

const SEARCH_ATTRIBUTES = [MESSAGE_ATTRIBUTE, APPLICATION_ATTRIBUTE].map(
  (name) => `--search-attribute=${name}=KeywordList`,
);

// A power cut may take its last transactions, and the store starts again what was in them; it
// cannot corrupt the file. The server's default syncs twice for each of them: a quarter slower.
const PRAGMAS = ["journal_mode=wal", "synchronous=normal"].map(
  (pragma) => `--sqlite-pragma=${pragma}`,
);

export type TemporalServerOptions = {
  readonly binary: string;
  readonly dbFile: string;
  /** Exact ports; without them the usual ones (7233, 8233) if free, else any free ones. */
  readonly port?: number;
  readonly uiPort?: number;
  /** Remembers the process, so that the next start can end what a killed process left behind. */
  readonly pidFile?: string;
  /** Default: the database's name with `.log` appended. */
  readonly logFile?: string;
  readonly extraArgs?: readonly string[];
};

export type TemporalServer = {
  readonly address: string;
  readonly uiUrl: string;
  /** Resolves with a sentence for the log when the server ends without having been asked to. */
  readonly exited: Promise<string>;
  /** Ends the server and resolves when it is gone. May be called more than once. */
  stop(): Promise<void>;
};

/**
 * Runs Temporal's development server on a database file, and resolves when it answers.
 * Throws with the last lines of its log when it ends early each time, or is not ready in a minute.
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  for (let startsLeft = STARTS_MAX - 1; ; startsLeft--) {
    try {
      return await startOnce(options);
    } catch (error) {
      if (startsLeft === 0 || !(error instanceof EndedEarly)) throw error;
    }
  }
}

async function startOnce(options: TemporalServerOptions): Promise<TemporalServer> {
  const { dbFile, pidFile, logFile = `${dbFile}.log` } = options;
  mkdirSync(dirname(dbFile), { recursive: true });
  if (pidFile !== undefined) await endOrphan(pidFile, dbFile);
  const settled = prepareDatabase(dbFile);

  const port = options.port ?? (await freePort(FRONTEND_PORT));
  const uiPort = options.uiPort ?? (await freePort(UI_PORT));
  const address = `127.0.0.1:${port}`;
  const logStart = logSize(logFile);
  const child = spawnServer(options, logFile, [`--port=${port}`, `--ui-port=${uiPort}`]);
  if (pidFile !== undefined && child.pid !== undefined) writePidFile(pidFile, child.pid);

  const lifetime = followLifetime(child, () => logTail(logFile, logStart));
  const stop = async (): Promise<void> => {
    await lifetime.end();
    if (pidFile !== undefined) rmSync(pidFile, { force: true });
  };
  try {
    await Promise.race([untilReady(address, READY_MS_MAX), rejectWith(lifetime.exited)]);
  } catch (error) {
    await stop();
    if (error instanceof EndedEarly) throw error;
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(`Temporal's server did not start: ${cause}\n${logTail(logFile, logStart)}`, {
      cause: error,
    });
  }
  settled();
  return { address, uiUrl: `http://127.0.0.1:${uiPort}`, exited: lifetime.exited, stop };
}

/**
 * The server creates its tables only where there is no file, so one killed in the middle of that
 * would never start again. A mark says that the file has not served yet and may be thrown away.
 */
function prepareDatabase(dbFile: string): () => void {
  const mark = `${dbFile}.unfinished`;
  if (existsSync(mark)) {
    for (const suffix of ["", "-journal", "-wal", "-shm"]) rmSync(dbFile + suffix, { force: true });
  }
  if (!existsSync(dbFile)) writeFileSync(mark, "");
  return () => rmSync(mark, { force: true });
}

/** What earlier runs logged stays, up to a limit, past which the log begins again. */
function logSize(logFile: string): number {
  const bytes = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes <= LOG_BYTES_MAX) return bytes;
  rmSync(logFile);
  return 0;
}

/** In a process group of its own: a Ctrl-C must not end it before our workers have drained. */
function spawnServer(
  { binary, dbFile, extraArgs = [] }: TemporalServerOptions,
  logFile: string,
  ports: readonly string[],
): ChildProcess {
  const args = ["server", "start-dev", `--db-filename=${dbFile}`, "--ip=127.0.0.1", ...ports];
  const log = openSync(logFile, "a");
  try {
    return spawn(
      binary,
      [...args, ...SEARCH_ATTRIBUTES, "--log-level=warn", ...PRAGMAS, ...extraArgs],
      {
        stdio: ["ignore", log, log],
        detached: true,
      },
    );
  } finally {
    closeSync(log);
  }
}

function followLifetime(
  child: ChildProcess,
  tail: () => string,
): { readonly exited: Promise<string>; end(): Promise<void> } {
  let ending = false;
  const endWithUs = (): void => void child.kill("SIGTERM");
  process.once("exit", endWithUs);

  const gone = Promise.withResolvers<void>();
  const exited = Promise.withResolvers<string>();
  const onGone = (how: string): void => {
    process.removeListener("exit", endWithUs);
    gone.resolve();
    if (!ending) exited.resolve(`Temporal's server ended ${how}.\n${tail()}`.trimEnd());
  };
  child.once("error", (error) => onGone(`before it began: ${error.message}`));
  child.once("exit", (code, signal) => onGone(signal ? `by ${signal}` : `with code ${code}`));

  const end = async (): Promise<void> => {
    ending = true;
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), STOP_MS_MAX);
    await gone.promise;
    clearTimeout(force);
  };
  return { exited: exited.promise, end };
}

class EndedEarly extends Error {}

async function rejectWith(exited: Promise<string>): Promise<never> {
  throw new EndedEarly(`Temporal's server did not start: ${await exited}`);
}
