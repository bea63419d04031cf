import type { Logger } from "pino";
import type { DeleteExpired, Expiry } from "../store/catalogue-expiry.ts";
import type { Metrics } from "./metrics.ts";
import { pause, startRounds, type Rounds } from "./rounds.ts";

export type ExpireDeps = {
  readonly store: { readonly expiry: Expiry };
  readonly metrics: Pick<Metrics, "expired">;
  readonly logger: Logger;
  readonly intervalMs?: number;
  readonly rowsMax?: number;
};

const INTERVAL_MS = 60_000;
/** Deleted by one statement, which SQLite runs in 8 ms. */
const ROWS_MAX = 200;
/** It rests nine times as long as it worked: some 2,300 payloads a second, and others go on. */
const REST = 9;
const REST_MIN_MS = 20;

/**
 * Deletes what has passed its time: payloads, and calls that no repetition can be of any more. Does
 * not throw: what failed is deleted another time.
 */
export function startExpire(deps: ExpireDeps): Rounds {
  return startRounds(async (signal) => {
    for (const [what, deleteExpired] of Object.entries(deps.store.expiry)) {
      await deleteAll(deps, { what, deleteExpired }, signal);
    }
  }, deps.intervalMs ?? INTERVAL_MS);
}

type Kind = { readonly what: string; readonly deleteExpired: DeleteExpired };

async function deleteAll(
  { metrics, logger, rowsMax = ROWS_MAX }: ExpireDeps,
  { what, deleteExpired }: Kind,
  signal: AbortSignal,
): Promise<void> {
  let total = 0;
  try {
    let deleted = rowsMax;
    while (deleted === rowsMax && !signal.aborted) {
      const begunMs = performance.now();
      deleted = await deleteExpired(Date.now(), rowsMax);
      const tookMs = performance.now() - begunMs;
      total += deleted;
      metrics.expired.inc({ what }, deleted);
      if (deleted === rowsMax) await pause(Math.max(REST_MIN_MS, REST * tookMs), signal);
    }
  } catch (error) {
    logger.warn({ err: error, what }, "could not delete what has expired");
  }
  if (total > 0) logger.info({ what, rows: total }, "deleted what has expired");
}
