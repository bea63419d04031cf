import { join } from "node:path";
import { defaultCacheDir, findTemporalBinary } from "../../src/temporal/find-server.ts";
import { startTemporalServer, type TemporalServer } from "../../src/temporal/server.ts";
import { freePort } from "../../src/temporal/free-port.ts";

/**
 * With these the server skips time for workflows that ask for it, and does so in milliseconds: it
 * looks for due timers, and for what they lead to, thousands of times a second.
 */
const TIME_SKIPPING = [
  "frontend.WorkflowTimeSkippingEnabled=true",
  'history.timerProcessorMaxTimeShift="1ms"',
  "history.timerProcessorMaxPollRPS=5000",
  "history.transferProcessorMaxPollRPS=5000",
  "history.visibilityProcessorMaxPollRPS=5000",
];

/** The real development server, on its own ports, for the whole run of the tests. */
export async function startTestTemporal(directory: string): Promise<TemporalServer> {
  const binary = await findTemporalBinary({
    configured: process.env["TEMPORAL_BINARY"],
    cacheDir: defaultCacheDir(process.env["XDG_CACHE_HOME"]),
    onProgress: (sentence) => console.error(sentence),
  });
  return startTemporalServer({
    binary,
    dbFile: join(directory, "temporal.db"),
    pidFile: join(directory, "temporal.pid"),
    port: await freePort(),
    uiPort: await freePort(),
    extraArgs: TIME_SKIPPING.map((setting) => `--dynamic-config-value=${setting}`),
  });
}
