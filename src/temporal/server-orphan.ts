import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 100;
const STOP_MS_MAX = 10_000;

type Process = { readonly parentPid: number; readonly command: string };

/** Remembers a server and, with it, this process, whose child it is. */
export function writePidFile(pidFile: string, pid: number): void {
  writeFileSync(pidFile, JSON.stringify({ pid, startedBy: process.pid }));
}

/**
 * Ends the server of an earlier run that was killed and could not end it. Only a process with the
 * database in its command line is taken for it; throws when the process that started it is still
 * there, because two must not share a database.
 */
export async function endOrphan(pidFile: string, dbFile: string): Promise<void> {
  const remembered = readPidFile(pidFile);
  if (remembered === undefined) return;

  const { pid, startedBy } = remembered;
  const serves = (): Process | undefined => {
    const found = inspectProcess(pid);
    return found?.command.includes(dbFile) === true ? found : undefined;
  };
  if (serves()?.parentPid === startedBy) {
    throw new Error(`${dbFile} is in use by another process of ours (${startedBy}): end it first`);
  }

  const forceAt = Date.now() + STOP_MS_MAX;
  for (let signal: NodeJS.Signals | 0 = "SIGTERM"; serves() !== undefined;) {
    sendSignal(pid, signal);
    signal = Date.now() > forceAt ? "SIGKILL" : 0;
    await delay(POLL_MS);
  }
  rmSync(pidFile, { force: true });
}

function readPidFile(pidFile: string): { pid: number; startedBy: number } | undefined {
  try {
    const { pid, startedBy } = JSON.parse(readFileSync(pidFile, "utf8"));
    return Number.isInteger(pid) && pid > 1 ? { pid, startedBy } : undefined;
  } catch {
    return undefined; // None, or half written by a process that died: nothing to go by.
  }
}

function inspectProcess(pid: number): Process | undefined {
  try {
    if (process.platform !== "linux") return inspectWithPs(pid);
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return { parentPid: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]), command };
  } catch {
    return undefined;
  }
}

function inspectWithPs(pid: number): Process | undefined {
  const line = execFileSync("ps", ["-ww", "-o", "ppid=,command=", "-p", String(pid)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [, parentPid, command] = /^\s*(\d+)\s+(.*)$/m.exec(line) ?? [];
  return command === undefined ? undefined : { parentPid: Number(parentPid), command };
}

function sendSignal(pid: number, signal: NodeJS.Signals | 0): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}
