import { setTimeout as sleep } from "node:timers/promises";
import type { DueAttempt } from "../domain/waiting.ts";
import type { Claim, ClaimResult, HotStore } from "../store/store.ts";
import { leaseFrom, type Claimant } from "./claimant.ts";
import type { InFlight } from "./in-flight.ts";
import type { MadeAttempt } from "./make-attempt.ts";
import type { Patience } from "./patience.ts";
import { putOff, type PutOffDeps } from "./put-off.ts";
import { madeDelivery, stillUnderWay, waitUntil, type CarriedDelivery } from "./report.ts";
import type { Throttled } from "./throttled.ts";

export type AttemptOneDeps = Claimant &
  PutOffDeps & {
    readonly store: Pick<HotStore, "claim">;
    readonly inFlight: InFlight;
    readonly throttled: Throttled;
  };

const BUSY_POLL_MS = 250;

/** Makes one attempt, or adopts the one that this or another process is making already. */
export async function attemptOne(
  deps: AttemptOneDeps,
  claim: DueAttempt & Claim,
  patience: Patience,
): Promise<CarriedDelivery> {
  for (;;) {
    const underWay = deps.inFlight.find(claim);
    const begun = underWay === undefined ? await begin(deps, claim, patience) : beingMade(underWay);
    if (begun.kind === "being_made") {
      return (await patience.waitFor(begun.carried)) ?? stillUnderWay(claim);
    }
    if (begun.kind !== "busy") return begun;
    if (patience.leftMs() === 0) return stillUnderWay(claim);
    await sleep(Math.min(BUSY_POLL_MS, patience.leftMs()));
  }
}

type Busy = { readonly kind: "busy" };
type BeingMade = { readonly kind: "being_made"; readonly carried: Promise<CarriedDelivery> };

function beingMade(made: Promise<MadeAttempt>): BeingMade {
  return { kind: "being_made", carried: made.then(madeDelivery) };
}

/** Takes a turn, claims, and begins the attempt; or says why it is not begun. */
async function begin(
  deps: AttemptOneDeps,
  claim: DueAttempt & Claim,
  patience: Patience,
): Promise<BeingMade | CarriedDelivery | Busy> {
  if (!(await deps.turns.take(claim.endpointId, patience.leftMs()))) {
    return putOff(deps, claim);
  }
  let isTurnUsed = false;
  try {
    // A lease of ours does not keep ourselves out, and a claim's answer may come when the attempt
    // that another carrier of this process made meanwhile has ended.
    const reserved = deps.inFlight.reserve(claim);
    if (reserved === undefined) return { kind: "busy" };
    using owned = new DisposableStack();
    owned.use(reserved);
    const [result] = await deps.store.claim([claim], leaseFrom(Date.now(), deps));
    if (result === undefined) return { kind: "busy" };
    if (result.kind !== "claimed") return refused(claim, result);
    const { attempt } = result;
    if (attempt.throttle !== null) {
      const carried = deps.throttled.begin(attempt, attempt.throttle, owned.move());
      return { kind: "being_made", carried };
    }
    isTurnUsed = true;
    return beingMade(deps.inFlight.make(result.attempt));
  } finally {
    if (!isTurnUsed) deps.turns.giveBack(claim.endpointId);
  }
}

function refused(
  claim: DueAttempt,
  result: Exclude<ClaimResult, { kind: "claimed" }>,
): CarriedDelivery | Busy {
  switch (result.kind) {
    case "busy":
      return { kind: "busy" };
    case "ended":
      return { kind: "ended", delivery: claim, state: result.state };
    case "in_line":
      return { kind: "in_line" };
    case "superseded":
      return waitUntil(result.nextAttemptAtMs, { ...claim, attemptNumber: result.attemptNumber });
  }
}
