import { availableParallelism, cpus, loadavg, release, totalmem } from "node:os";

/** Above this, something else was using the machine when we began. */
const QUIET_LOAD_MAX = 0.5;

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
    ...(groupMax === undefined ? [] : [`DELIVERY_GROUP_MAX=${groupMax}`]),
  ];
}
