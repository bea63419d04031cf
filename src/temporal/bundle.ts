import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { WorkflowBundle } from "@temporalio/worker";

const PRINTER = fileURLToPath(new URL("./print-bundle.ts", import.meta.url));
const BUNDLE_BYTES_MAX = 64 * 1024 * 1024;

/**
 * The workflows as one script, as the worker needs them. It is made in a process of its own,
 * because the bundler takes 100 MB and is never needed again.
 */
export async function bundleWorkflows(): Promise<WorkflowBundle> {
  const { stdout } = await promisify(execFile)(process.execPath, [PRINTER], {
    maxBuffer: BUNDLE_BYTES_MAX,
  });
  return { code: stdout };
}
