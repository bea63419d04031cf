import type { DueAttempt } from "../domain/waiting.ts";
import type { HotStore } from "../store/store.ts";
import type { Claimant } from "./claimant.ts";
import { waitUntil, type CarriedDelivery } from "./report.ts";
import type { Turns } from "./turns.ts";

export type PutOffDeps = Pick<Claimant, "holder"> & {
  readonly store: Pick<HotStore, "postpone">;
  readonly turns: Turns;
};

/** Has a delivery come again whose endpoint has no turn, when it can expect one. */
export async function putOff(
  { holder, store, turns }: PutOffDeps,
  attempt: DueAttempt,
): Promise<CarriedDelivery> {
  const { messageId, endpointId, attemptNumber } = attempt;
  const nowMs = Date.now();
  const untilMs = turns.expectedAtMs(endpointId, nowMs);
  // So that the sweep knows it is not late.
  await store.postpone({ messageId, endpointId, attemptNumber, holder, nowMs, untilMs });
  return waitUntil(untilMs, attempt);
}
