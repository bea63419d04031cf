import { setTimeout as sleep } from "node:timers/promises";
import type { HotStore, ManualClaim, ManualRefusal } from "../store/store.ts";
import { leaseFrom, type Claimant } from "./claimant.ts";
import type { InFlight } from "./in-flight.ts";
import type { MadeManualAttempt, MakeManualAttempt } from "./make-manual-attempt.ts";
import type { Patience } from "./patience.ts";
import type { Turns } from "./turns.ts";

/**
 * Makes one attempt that somebody asked for. While another attempt at the same delivery is under
 * way, or the endpoint has no turn, it waits, and answers "busy" when its patience ends.
 */
export type AttemptByHand = (claim: ManualClaim, patience: Patience) => Promise<ManualOutcome>;

export type ManualOutcome =
  | { readonly kind: "made"; readonly made: MadeManualAttempt }
  /** It was attempted already, from the attempt on that the claim names. */
  | { readonly kind: "attempted"; readonly succeeded: boolean }
  | { readonly kind: "refused"; readonly reason: ManualRefusal }
  | { readonly kind: "busy" };

export type AttemptByHandDeps = Claimant & {
  readonly store: Pick<HotStore, "claimManual" | "takeSlotByHand">;
  readonly inFlight: InFlight;
  readonly turns: Turns;
  readonly makeManualAttempt: MakeManualAttempt;
};

const BUSY_POLL_MS = 250;
const BUSY: ManualOutcome = { kind: "busy" };

export function createAttemptByHand(deps: AttemptByHandDeps): AttemptByHand {
  return async (claim, patience) => {
    await takeSlot(deps, claim, patience);
    for (;;) {
      const outcome = await attempt(deps, claim, patience);
      if (outcome.kind !== "busy" || patience.leftMs() === 0) return outcome;
      await sleep(Math.min(BUSY_POLL_MS, patience.leftMs()));
    }
  };
}

/** A person's attempt is made at once: it only makes others wait. A task waits, too. */
async function takeSlot(
  { store }: AttemptByHandDeps,
  { endpointId, applicationId, unlessAttemptedFrom }: ManualClaim,
  patience: Patience,
): Promise<void> {
  const nowMs = Date.now();
  const slotAtMs = (await store.takeSlotByHand({ endpointId, applicationId, nowMs })) ?? nowMs;
  if (slotAtMs === nowMs || unlessAttemptedFrom === undefined) return;
  await sleep(Math.min(slotAtMs - nowMs, patience.leftMs()));
}

async function attempt(
  deps: AttemptByHandDeps,
  claim: ManualClaim,
  patience: Patience,
): Promise<ManualOutcome> {
  const { turns, inFlight, store } = deps;
  if (!(await turns.take(claim.endpointId, patience.leftMs()))) return BUSY;
  let isTurnUsed = false;
  try {
    // As in attempt-one.ts: a lease of ours does not keep ourselves out.
    using reserved = inFlight.reserve(claim);
    if (reserved === undefined) return BUSY;
    const result = await store.claimManual(claim, leaseFrom(Date.now(), deps));
    if (result.kind === "busy") return BUSY;
    if (result.kind !== "claimed") return result;
    isTurnUsed = true;
    return { kind: "made", made: await inFlight.makeApart(result.attempt, deps.makeManualAttempt) };
  } finally {
    if (!isTurnUsed) turns.giveBack(claim.endpointId);
  }
}
