import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { defaultCacheDir } from "../../src/temporal/find-server.ts";
import { withLockFile } from "../../src/temporal/lock-file.ts";

const INSTALL_MS_MAX = 10 * 60_000;
const PROBE_MS_MAX = 30_000;
const PYTHON_PROBE =
  "import ensurepip, venv, sys; print(sys.version); sys.exit(sys.version_info < (3, 10))";
const GO_MINOR_MIN = 21;
const JAVA_MIN = 17;
const DOTNET_MIN = 8;
const PHP_PROBE = "exit(PHP_VERSION_ID < 80000 ? 1 : 0);";

const run = promisify(execFile);
const requirements = folder("python/requirements.txt");

/** Where the smoke test in Go is, with its go.mod. */
export const goModule = folder("go");

/** A path below test/clients. */
export function folder(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/**
 * The Python of an environment that has requirements.txt, made once and kept in the cache. Throws
 * with what is missing.
 */
export async function preparePython(): Promise<string> {
  const version = await probePython();
  const wanted = createHash("sha256").update(version).update(readFileSync(requirements));
  const cacheDir = defaultCacheDir(process.env["XDG_CACHE_HOME"]);
  const environment = join(cacheDir, `python-${wanted.digest("hex").slice(0, 16)}`);
  const complete = join(environment, "complete");
  const python = join(environment, "bin/python");
  await mkdir(cacheDir, { recursive: true });

  await withLockFile(`${environment}.lock`, tellOfWaiting, async () => {
    if (existsSync(complete)) return;
    console.error("posthorn: installing the clients for Python, once; usually under a minute");
    await rm(environment, { recursive: true, force: true });
    await tool("python3", ["-m", "venv", environment], INSTALL_MS_MAX);
    const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    await tool(python, [...install, "--requirement", requirements], INSTALL_MS_MAX);
    await writeFile(complete, "");
  });
  return python;
}

/** Go, with what go.mod requires. Throws with what is missing. */
export async function prepareGo(): Promise<string> {
  const version = await tool("go", ["env", "GOVERSION"], PROBE_MS_MAX);
  const minor = Number(/^go1\.(\d+)/.exec(version)?.[1]);
  if (!(minor >= GO_MINOR_MIN)) throw new Error(`Go 1.${GO_MINOR_MIN} or newer is needed`);
  await tool("go", ["mod", "download"], INSTALL_MS_MAX, goModule);
  return "go";
}

/** A JDK. Throws with what is missing. */
export async function prepareJava(): Promise<string> {
  const version = await tool("javac", ["-version"], PROBE_MS_MAX);
  const major = Number(/^javac (\d+)/.exec(version)?.[1]);
  if (!(major >= JAVA_MIN)) throw new Error(`A JDK ${JAVA_MIN} or newer is needed`);
  return "java";
}

/** Ruby with WEBrick. Throws with what is missing. */
export async function prepareRuby(): Promise<string> {
  await tool("ruby", ["-rwebrick", "-e", ""], PROBE_MS_MAX);
  return "ruby";
}

/** PHP 8. Throws with what is missing. */
export async function preparePhp(): Promise<string> {
  await tool("php", ["-r", PHP_PROBE], PROBE_MS_MAX);
  return "php";
}

/** The SDK of .NET. Throws with what is missing. */
export async function prepareDotnet(): Promise<string> {
  const version = await tool("dotnet", ["--version"], PROBE_MS_MAX);
  if (!(Number.parseInt(version, 10) >= DOTNET_MIN)) {
    throw new Error(`.NET ${DOTNET_MIN} or newer is needed`);
  }
  return "dotnet";
}

async function probePython(): Promise<string> {
  try {
    return await tool("python3", ["-c", PYTHON_PROBE], PROBE_MS_MAX);
  } catch (error) {
    throw new Error("Python 3.10 or newer with venv and pip is needed", { cause: error });
  }
}

function tellOfWaiting(): void {
  console.error("posthorn: waiting for another process to install the clients for Python");
}

async function tool(
  program: string,
  args: readonly string[],
  timeout: number,
  cwd?: string,
): Promise<string> {
  const { stdout } = await run(program, args, { timeout, cwd });
  return stdout.trim();
}
