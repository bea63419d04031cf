import { execFile } from "node:child_process";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { withLockFile } from "./lock-file.ts";
import { temporalCliVersion } from "./server-version.ts";

const BUILD_MS_MAX = 40 * 60_000;
const PROGRESS_MS = 30_000;
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

export const builtServerName = `temporal-${temporalCliVersion}`;

/** Builds Temporal's server from its Go module; needs Go and a module proxy, and some minutes. */
export async function buildServer(
  cacheDir: string,
  onProgress: (sentence: string) => void,
): Promise<string> {
  const moduleCache = await goModuleCache();
  await mkdir(cacheDir, { recursive: true });
  const target = join(cacheDir, builtServerName);

  const waiting = (): void => onProgress("waiting for another process to build Temporal's server");
  return withLockFile(`${target}.lock`, waiting, async () => {
    if (await exists(target)) return target;
    const caches = join(cacheDir, "go-caches");
    const ownCaches = !(await exists(join(moduleCache, cliModule)));
    onProgress("building Temporal's server from source, about 6 minutes, once");
    const stopTelling = tellTime(onProgress);
    try {
      const unfinished = `${target}.building-${process.pid}`;
      await goBuild(unfinished, ownCaches ? caches : undefined);
      await rename(unfinished, target);
    } finally {
      stopTelling();
      await rm(caches, { recursive: true, force: true });
    }
    return target;
  });
}

const cliModule = `github.com/temporalio/cli@v${temporalCliVersion}`;

async function goModuleCache(): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("go", ["env", "GOMODCACHE"]);
    return stdout.trim();
  } catch {
    throw new Error("there is no Go toolchain to build it with");
  }
}

/**
 * 3.6 GB of modules and objects are of no use to anybody who does not build Temporal again, so
 * they go to a folder that is deleted, unless the user's own caches have them already.
 */
async function goBuild(output: string, caches: string | undefined): Promise<void> {
  // `env` sets them, because only src/config.ts reads the environment that they would be added to.
  const environment =
    caches === undefined
      ? []
      : [`GOMODCACHE=${join(caches, "modules")}`, `GOCACHE=${join(caches, "objects")}`];
  // Without -modcacherw the module cache is read-only and cannot be deleted.
  const flags = ["-trimpath", "-modcacherw", "-buildvcs=false", "-ldflags=-s -w"];
  const build = ["go", "build", ...flags, "-o", output, "github.com/temporalio/cli/cmd/temporal"];
  const run = promisify(execFile)("env", [...environment, ...build], {
    cwd: fileURLToPath(new URL("../../tools/temporal/", import.meta.url)),
    timeout: BUILD_MS_MAX,
    maxBuffer: OUTPUT_BYTES_MAX,
  });
  const endWithUs = (): void => void run.child.kill("SIGTERM");
  process.once("exit", endWithUs);
  try {
    await run;
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error);
    throw new Error(`building it with Go failed (${reason})`, { cause: error });
  } finally {
    process.removeListener("exit", endWithUs);
  }
}

function tellTime(onProgress: (sentence: string) => void): () => void {
  const startedAt = Date.now();
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    onProgress(`still building Temporal's server (${seconds} s)`);
  }, PROGRESS_MS);
  return () => clearInterval(timer);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
