import { join } from "node:path";
import type { Config } from "../config.ts";
import { defaultCacheDir, findTemporalBinary } from "../temporal/find-server.ts";
import { startTemporalServer } from "../temporal/server.ts";
import type { Progress } from "./progress.ts";
import { forOperator } from "./user-error.ts";

export type OpenedTemporal = {
  readonly address: string;
  /** undefined for a server that is not ours. */
  readonly uiUrl: string | undefined;
  /** Resolves with a sentence if a server of ours ends without having been asked to. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
};

/** The configured server, or one of our own on a file in the data folder. Throws a UserError. */
export async function openTemporal(config: Config, progress: Progress): Promise<OpenedTemporal> {
  const { address, binary: configured, cacheHome } = config.temporal;
  if (address !== undefined) {
    const exited = new Promise<string>(() => undefined);
    return { address, uiUrl: config.temporal.uiUrl, exited, stop: () => Promise.resolve() };
  }
  const ready = progress.step("starting Temporal");
  return forOperator(async () => {
    const binary = await findTemporalBinary({
      configured,
      cacheDir: defaultCacheDir(cacheHome),
      onProgress: (sentence) => progress.note(`    ${sentence}`),
    });
    const server = await startTemporalServer({
      binary,
      dbFile: join(config.dataDir, "temporal.db"),
      pidFile: join(config.dataDir, "temporal.pid"),
      logFile: join(config.dataDir, "temporal.log"),
    });
    ready(`Temporal at ${server.address}`);
    return server;
  });
}
