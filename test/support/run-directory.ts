import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { endOrphan } from "../../src/temporal/server-orphan.ts";

const PREFIX = "posthorn-test-";
const POSTGRES_END_MS = 500;

/** A temporary folder whose name says which process works in it. */
export function createRunDirectory(): string {
  return mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
}

/** Ends the servers, and removes the files, of runs that were killed and could not do so. */
export async function removeAbandonedRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    const directory = join(tmpdir(), name);
    await endOrphan(join(directory, "temporal.pid"), join(directory, "temporal.db"));
    await endPostgres(join(directory, "postgres"));
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The first lines of postmaster.pid are the server's process and its folder. */
async function endPostgres(data: string): Promise<void> {
  try {
    const [pid, folder] = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
    if (folder !== data) return;
    process.kill(Number(pid), "SIGQUIT");
    await delay(POSTGRES_END_MS);
  } catch {
    // It did not start, or ended on its own.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
