import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { UserError } from "./user-error.ts";

const SECRET_BYTES = 48;
const OWNER_ONLY = 0o600;

/** Makes the folder if it is missing. Throws a UserError if it cannot be written. */
export function openDataDir(dataDir: string): void {
  try {
    makeFolder(resolve(dataDir));
    accessSync(dataDir, constants.W_OK | constants.X_OK);
    const probe = join(dataDir, ".probe");
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`The data folder ${dataDir} (DATA_DIR) cannot be written: ${why}`);
  }
}

/** Step by step: mkdir's own recursion never ends below a folder like /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** A secret kept in the data folder; made when it is missing. */
export function keptSecret(dataDir: string, name: string): string {
  const known = readSecret(dataDir, name);
  if (known !== undefined) return known;
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  writeFileSync(join(dataDir, name), `${secret}\n`, { mode: OWNER_ONLY });
  return secret;
}

export function readSecret(dataDir: string, name: string): string | undefined {
  const file = join(dataDir, name);
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

/**
 * Keeps a second process from working on the same folder. Throws a UserError if one does; what a
 * killed process left behind is no obstacle. Returns what releases the folder.
 */
export function lockDataDir(dataDir: string): () => void {
  const file = join(dataDir, "posthorn.pid");
  const holder = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  if (holder !== process.pid && isPosthorn(holder)) {
    throw new UserError(
      `Posthorn runs on the data folder ${dataDir} already (process ${holder}): stop it first, or ` +
        "set DATA_DIR to another folder",
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function isPosthorn(pid: number): boolean {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // After a restart of the machine, or in a container, the number may be another program's.
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, "utf8").includes("posthorn");
}
