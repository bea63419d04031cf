import type { Logger } from "pino";
import type { Verdict, Waited } from "../domain/endpoint-health.ts";
import type { Catalogue } from "../store/catalogue.ts";
import type { Metrics } from "./metrics.ts";

/**
 * What a watch asks of the engine: what has become of an endpoint, now that it waited. Disables one
 * that failed for too long, and ends what is pending where one is disabled, whoever disabled it.
 * Throws only if the store fails.
 */
export type JudgeEndpoint = (endpointId: string, waited: Waited | null) => Promise<Verdict>;

export type JudgeEndpointDeps = {
  readonly store: Pick<Catalogue, "watches">;
  /** How long an endpoint may fail; null: for ever. */
  readonly disableAfterMs: number | null;
  readonly metrics: Pick<Metrics, "endpointsDisabled">;
  readonly logger: Logger;
};

export function createJudgeEndpoint(deps: JudgeEndpointDeps): JudgeEndpoint {
  const { store, disableAfterMs, metrics, logger } = deps;
  return async (endpointId, waited) => {
    const limits = { nowMs: Date.now(), limitMs: disableAfterMs };
    const verdict = await store.watches.judge(endpointId, waited, limits);
    // Whoever disables an endpoint, its watch is told, and asks once.
    if (verdict.kind === "disabled") {
      const { reason, ended } = verdict;
      metrics.endpointsDisabled.inc({ reason: reason ?? "owner" });
      logger.info({ endpointId, reason, deliveriesEnded: ended }, "an endpoint is disabled");
    }
    return verdict;
  };
}
