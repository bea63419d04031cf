import type { Logger } from "pino";
import type { EndpointToTell } from "../store/catalogue-watches.ts";
import type { Catalogue } from "../store/catalogue.ts";
import { startRounds, type Rounds } from "./rounds.ts";

/** The engine's view of Temporal. */
export type WatchDispatcher = {
  /** Starts the endpoint's watch, or has it look again. Rejects if Temporal cannot be reached. */
  watchEndpoint(endpointId: string): Promise<void>;
};

export type TellWatchesDeps = {
  readonly store: Pick<Catalogue, "watches">;
  readonly dispatcher: WatchDispatcher;
  /** How long an endpoint may fail; null: for ever. */
  readonly disableAfterMs: number | null;
  readonly logger: Logger;
  readonly intervalMs?: number;
};

const INTERVAL_MS = 500;
/** Where there was nothing to tell, each time twice as long up to this; a limit that is shorter is kept. */
const IDLE_INTERVAL_MS_MAX = 2_000;
/** Endpoints that fail now and then, and succeed at once, cost Temporal nothing. */
const PATIENCE_MS = 1_000;
/** With the interval, the bound on the rate at which watches are started. */
const ENDPOINTS_MAX = 25;
/** A watch whose time has passed for so long was lost, and find-lost-watches.ts did not find out. */
const OVERDUE_MS = 600_000;

/**
 * Tells the workflows that watch endpoints what attempts and owners have changed, and starts those
 * that are missing. What was changed stands in the store until they know.
 */
export function startTellingWatches(deps: TellWatchesDeps): Rounds {
  const { disableAfterMs, intervalMs = INTERVAL_MS, logger } = deps;
  const idleMs = Math.min(IDLE_INTERVAL_MS_MAX, disableAfterMs ?? IDLE_INTERVAL_MS_MAX);
  let nextInMs = intervalMs;
  const round = async (): Promise<void> => {
    try {
      const told = await tellOnce(deps);
      nextInMs = told > 0 ? intervalMs : Math.max(intervalMs, Math.min(nextInMs * 2, idleMs));
    } catch (error) {
      // What was taken is taken again, later.
      logger.warn({ err: error }, "could not tell watches how their endpoints fare");
    }
  };
  return startRounds(round, () => nextInMs);
}

/** Answers how many there were. */
async function tellOnce({ store, dispatcher, disableAfterMs }: TellWatchesDeps): Promise<number> {
  const nowMs = Date.now();
  const taken = await store.watches.take(nowMs, {
    sinceMs: nowMs - Math.min(PATIENCE_MS, disableAfterMs ?? PATIENCE_MS),
    rowsMax: ENDPOINTS_MAX,
    withFailing: disableAfterMs !== null,
  });
  for (const endpoint of taken) {
    await dispatcher.watchEndpoint(endpoint.id);
    await store.watches.told(endpoint, againAtMs(endpoint, disableAfterMs ?? 0));
  }
  return taken.length;
}

/** When its watch should have ended long ago; null where there is nothing to watch. */
function againAtMs(
  { failingSinceMs, disabled }: EndpointToTell,
  disableAfterMs: number,
): number | null {
  if (disabled) return Date.now() + OVERDUE_MS;
  if (failingSinceMs === null) return null;
  return Math.max(Date.now(), failingSinceMs + disableAfterMs) + OVERDUE_MS;
}
