import { spawn } from "node:child_process";
import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporalCliVersion } from "./server-version.ts";

/** With no internet nothing arrives at all: then there is no point in waiting for longer. */
const STALLED_MS_MAX = 20_000;
const POLL_MS = 1_000;

/** What an earlier download left, if any. */
export async function cachedDownload(cacheDir: string): Promise<string | undefined> {
  const directory = downloadDir(cacheDir);
  const names = await readdir(directory).catch(() => []);
  const name = names.find(
    (entry) => /^temporal[-\w.]*$/.test(entry) && !/download|tmp/.test(entry),
  );
  return name === undefined ? undefined : join(directory, name);
}

/** Has Temporal's SDK download the server; throws when no byte arrives for 20 s. */
export async function downloadServer(
  cacheDir: string,
  onProgress: (sentence: string) => void,
): Promise<string> {
  const directory = downloadDir(cacheDir);
  await mkdir(directory, { recursive: true });
  onProgress("downloading Temporal's server, once");
  await runDownload(directory);

  const binary = await cachedDownload(cacheDir);
  if (binary === undefined) throw new Error("the SDK's download left no program");
  return binary;
}

/** The SDK's own layout stays in a folder of its own, named by the version it was asked for. */
function downloadDir(cacheDir: string): string {
  return join(cacheDir, `download-${temporalCliVersion}`);
}

/** In a process of its own, which can be ended, and where the SDK's runtime is not yet ours. */
function runDownload(directory: string): Promise<void> {
  const script = fileURLToPath(new URL("./run-download.ts", import.meta.url));
  const child = spawn(process.execPath, [script, directory, `v${temporalCliVersion}`], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const watch = endWhenStalled(directory, () => child.kill("SIGKILL"));

  return new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) return resolve();
      const reason = signal ? "nothing arrived" : (errors.trim().split("\n")[0] ?? `code ${code}`);
      reject(new Error(`Temporal's download failed (${reason})`));
    });
  }).finally(() => clearInterval(watch));
}

function endWhenStalled(directory: string, end: () => void): NodeJS.Timeout {
  let sizeBefore = 0;
  let progressAt = Date.now();
  const look = async (): Promise<void> => {
    const size = await directorySize(directory);
    if (size !== sizeBefore) progressAt = Date.now();
    sizeBefore = size;
    if (Date.now() - progressAt > STALLED_MS_MAX) end();
  };
  return setInterval(() => void look(), POLL_MS);
}

async function directorySize(directory: string): Promise<number> {
  const names = await readdir(directory).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(directory, name)).then(
        (entry) => entry.size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
