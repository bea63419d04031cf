import type { Verdict, Waited } from "../domain/endpoint-health.ts";
import type { Catalogue } from "../store/catalogue.ts";

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
};

export function createJudgeEndpoint({ store, disableAfterMs }: JudgeEndpointDeps): JudgeEndpoint {
  return async (endpointId, waited) => {
    const limits = { nowMs: Date.now(), limitMs: disableAfterMs };
    return store.watches.judge(endpointId, waited, limits);
  };
}
