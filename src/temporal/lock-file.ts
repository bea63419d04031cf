import { rm, stat, utimes, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 1_000;
const HEARTBEAT_MS = 3_000;
const ABANDONED_MS = 20_000;

/**
 * Runs the work in one process at a time. The holder touches the file as long as it lives, so one
 * that died without removing it is found out, where a process id could be somebody else's by now.
 */
export async function withLockFile<T>(
  path: string,
  onWaiting: () => void,
  work: () => Promise<T>,
): Promise<T> {
  let told = false;
  while (!(await lock(path))) {
    if (!told) onWaiting();
    told = true;
    await delay(POLL_MS);
    if (await isAbandoned(path)) await rm(path, { force: true });
  }
  const heartbeat = setInterval(() => void touch(path), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  }
}

async function lock(path: string): Promise<boolean> {
  try {
    await writeFile(path, "", { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  const touchedAtMs = await stat(path).then(
    (file) => file.mtimeMs,
    () => Date.now(),
  );
  return Date.now() - touchedAtMs > ABANDONED_MS;
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}
