import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildServer, builtServerName } from "./build-server.ts";
import { cachedDownload, downloadServer } from "./download-server.ts";

const VERSION_MS_MAX = 10_000;

export type FindServerOptions = {
  /** The path that the operator configured, if any. */
  readonly configured: string | undefined;
  /** Where a download or a build is kept. */
  readonly cacheDir: string;
  /** Called with a sentence whenever something that takes long begins or goes on. */
  readonly onProgress: (sentence: string) => void;
};

/** Where programs keep what they can make again; `xdgCacheHome` is XDG_CACHE_HOME, if set. */
export function defaultCacheDir(xdgCacheHome?: string): string {
  return join(xdgCacheHome || join(homedir(), ".cache"), "posthorn");
}

/**
 * The path of a `temporal` program: the configured one, the one on the PATH, one that was fetched
 * or built before, the SDK's download, or a build from source, in this order. Throws with all that
 * was tried and what can be done about it.
 */
export async function findTemporalBinary(options: FindServerOptions): Promise<string> {
  const { configured, cacheDir, onProgress } = options;
  if (configured !== undefined && configured !== "") return checkConfigured(configured);

  const known = ["temporal", join(cacheDir, builtServerName), await cachedDownload(cacheDir)];
  for (const binary of known) {
    if (binary !== undefined && (await answersVersion(binary))) return binary;
  }

  const failures = ["there is no `temporal` on the PATH"];
  for (const provide of [downloadServer, buildServer]) {
    try {
      return await provide(cacheDir, onProgress);
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    `No Temporal server was found: ${failures.join("; ")}. ` +
      "Install the Temporal CLI so that `temporal` is on the PATH, or set TEMPORAL_BINARY to it, " +
      "or set TEMPORAL_ADDRESS to a server that runs already.",
  );
}

async function checkConfigured(path: string): Promise<string> {
  try {
    await access(path, constants.X_OK);
  } catch {
    throw new Error(`TEMPORAL_BINARY is ${path}, which is not an executable file.`);
  }
  if (await answersVersion(path)) return path;
  throw new Error(`TEMPORAL_BINARY is ${path}, which does not answer --version as Temporal does.`);
}

async function answersVersion(binary: string): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)(binary, ["--version"], {
      timeout: VERSION_MS_MAX,
    });
    return stdout.startsWith("temporal version");
  } catch {
    return false;
  }
}
