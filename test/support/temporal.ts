import { createServer } from "node:net";
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

/** Those that a Posthorn gives its own Temporal if they are free. */
const USUAL_PORTS = [7233, 8233];

/**
 * Takes them for as long as this process runs: two Posthorns that tests start in the same moment
 * would both find them free. Whoever has one already keeps it.
 */
export function holdUsualPorts(): void {
  for (const port of USUAL_PORTS) {
    const server = createServer().on("error", () => undefined);
    server.listen(port, "127.0.0.1").unref();
  }
}

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
