import type { Logger } from "pino";
import type { Catalogue } from "../store/catalogue.ts";
import { startRounds, type Rounds } from "./rounds.ts";

/** The engine's view of Temporal. */
export type WatchFinder = {
  /** Whether the endpoint's watch is there. Rejects if Temporal cannot be reached. */
  isWatched(endpointId: string): Promise<boolean>;
};

export type FindLostWatchesDeps = {
  readonly store: Pick<Catalogue, "watches">;
  readonly dispatcher: WatchFinder;
  readonly logger: Logger;
  readonly intervalMs?: number;
};

const INTERVAL_MS = 30_000;

/**
 * Finds out that watches were lost with Temporal's data, and has all of them started anew. Only the
 * last one is looked for: where Temporal goes on from an older copy, the earlier ones are there.
 */
export function startFindingLostWatches(deps: FindLostWatchesDeps): Rounds {
  return startRounds(async () => {
    await findOnce(deps).catch((error: unknown) => {
      deps.logger.warn({ err: error }, "could not look for lost watches");
    });
  }, deps.intervalMs ?? INTERVAL_MS);
}

async function findOnce({ store, dispatcher, logger }: FindLostWatchesDeps): Promise<void> {
  const last = await store.watches.lastWatched(Date.now());
  if (last === undefined || (await dispatcher.isWatched(last))) return;
  // It may have ended meanwhile: then there is something else to be told, or nothing.
  if ((await store.watches.lastWatched(Date.now())) !== last) return;
  const endpoints = await store.watches.offerWatched(Date.now());
  logger.warn({ endpoints }, "watches of failing endpoints were lost and are started again");
}
