import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";

/** Above this, something else was using the machine when we began. */
const QUIET_LOAD_MAX = 0.5;
const SYNCS = 200;
const PAGE_BYTES = 4_096;
/** No disk is that fast: the temporary folder is in memory. */
const DISK_SYNC_MS_MIN = 0.01;

/** What figures depend on besides Posthorn, one line each. */
export function machineOf(): readonly string[] {
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  const groupMax = process.env["DELIVERY_GROUP_MAX"];
  return [
    `Machine: ${cores} cores (${cpus()[0]?.model ?? "unknown"}), ${memoryGb} GB, ` +
      `${process.platform} ${release()}, Node ${process.version}; the generator runs beside it`,
    `Load before: ${load.toFixed(2)}${load > QUIET_LOAD_MAX ? ", NOT quiet" : ""}`,
    describeDisk(medianSyncMs()),
    ...(groupMax === undefined ? [] : [`DELIVERY_GROUP_MAX=${groupMax}`]),
  ];
}

function describeDisk(syncMs: number): string {
  const line = `Disk: ${syncMs.toFixed(2)} ms to write and sync a page in ${tmpdir()}`;
  if (syncMs >= DISK_SYNC_MS_MIN) return line;
  return `${line}, which is NO disk: set TMPDIR to a folder on one`;
}

/** Nothing is answered before it is on the disk, so this bounds every latency from below. */
function medianSyncMs(): number {
  const directory = mkdtempSync(join(tmpdir(), "posthorn-disk-"));
  const file = openSync(join(directory, "page"), "w");
  try {
    const timesMs = Array.from({ length: SYNCS }, () => {
      const beganMs = performance.now();
      writeSync(file, Buffer.alloc(PAGE_BYTES));
      fdatasyncSync(file);
      return performance.now() - beganMs;
    });
    return timesMs.toSorted((a, b) => a - b)[SYNCS / 2] ?? 0;
  } finally {
    closeSync(file);
    rmSync(directory, { recursive: true });
  }
}
