import { openSync } from "node:fs";
import { DefaultLogger, makeTelemetryFilterString, Runtime } from "@temporalio/worker";
import { pino, type Logger } from "pino";
import type { LogLevel } from "../config.ts";

const STDOUT = 1;

/** `file`: undefined writes to stdout. Opened at once: a process may end in the next instant. */
export function createLogger(level: LogLevel, file?: string): Logger {
  const dest = file === undefined ? STDOUT : openSync(file, "a");
  const destination = pino.destination({ dest, sync: false });
  // A full disk takes no line of the log. That must not end what still can be delivered.
  destination.on("error", () => undefined);
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

/** Brings what Temporal's SDK has to say into our log. Must come before any connection. */
export function routeTemporalLogs(logger: Logger): void {
  Runtime.install({
    logger: new DefaultLogger("WARN", ({ level, message, meta }) => {
      logger[level === "ERROR" ? "error" : "warn"]({ temporal: meta }, message);
    }),
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: "WARN", other: "ERROR" }) },
    },
    shutdownSignals: [],
  });
}
