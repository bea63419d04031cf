import { readFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { defaultCacheDir, findTemporalBinary } from "../../src/temporal/find-server.ts";
import { startTemporalServer, type TemporalServer } from "../../src/temporal/server.ts";
import { ownPort } from "./own-port.ts";

/** A Temporal server that a test may do to what it likes. It goes with the test. */
export type OwnTemporal = {
  readonly address: string;
  stop(): Promise<void>;
  /** Again, at the same address and with the same data. */
  start(): Promise<void>;
  /** It keeps its connections, takes new ones, and says nothing. */
  freeze(): void;
  thaw(): void;
};

export async function startOwnTemporal(directory: string): Promise<OwnTemporal> {
  const options = {
    binary: await findTemporalBinary({
      configured: process.env["TEMPORAL_BINARY"],
      cacheDir: defaultCacheDir(process.env["XDG_CACHE_HOME"]),
      onProgress: () => undefined,
    }),
    dbFile: join(directory, "own-temporal.db"),
    pidFile: join(directory, "own-temporal.pid"),
    port: await ownPort(),
    uiPort: await ownPort(),
  };
  let server: TemporalServer = await startTemporalServer(options);
  const send = (signal: NodeJS.Signals): void => {
    const { pid } = JSON.parse(readFileSync(options.pidFile, "utf8")) as { pid: number };
    process.kill(pid, signal);
  };
  let isFrozen = false;
  const thaw = (): void => {
    if (isFrozen) send("SIGCONT");
    isFrozen = false;
  };
  onTestFinished(async () => {
    thaw();
    await server.stop();
  });

  return {
    address: server.address,
    stop: () => server.stop(),
    async start() {
      server = await startTemporalServer(options);
    },
    freeze() {
      send("SIGSTOP");
      isFrozen = true;
    },
    thaw,
  };
}
