import { setTimeout as sleep } from "node:timers/promises";
import { dueAttempt, type DueAttempt } from "../domain/waiting.ts";
import type { ClaimResult, HotStore } from "../store/store.ts";
import { leaseFrom, type Claimant } from "./claimant.ts";
import type { InFlight } from "./in-flight.ts";
import type { MadeAttempt } from "./make-attempt.ts";
import type { Patience } from "./patience.ts";
import type { CarriedDelivery } from "./report.ts";
import type { Turns } from "./turns.ts";

export type AttemptOneDeps = Claimant & {
  readonly store: Pick<HotStore, "claim">;
  readonly inFlight: InFlight;
  readonly turns: Turns;
};

/** How long a delivery waits whose endpoint has no turn left. */
const POSTPONE_MS = 2_000;
const BUSY_POLL_MS = 250;

/** Makes one attempt, or adopts the one that this or another process is making already. */
export async function attemptOne(
  deps: AttemptOneDeps,
  claim: DueAttempt,
  patience: Patience,
): Promise<CarriedDelivery> {
  for (;;) {
    const underWay = deps.inFlight.find(claim);
    const begun = underWay === undefined ? await begin(deps, claim, patience) : beingMade(underWay);
    if (begun.kind === "being_made") {
      const made = await patience.waitFor(begun.made);
      return made === undefined ? stillUnderWay(claim) : { kind: "made", made };
    }
    if (begun.kind !== "busy") return begun;
    if (patience.leftMs() === 0) return stillUnderWay(claim);
    await sleep(Math.min(BUSY_POLL_MS, patience.leftMs()));
  }
}

export function stillUnderWay(attempt: DueAttempt): CarriedDelivery {
  return { kind: "waits", waiting: { ...dueAttempt(attempt), dueInMs: 0, isUnderWay: true } };
}

export function waitUntil(timeMs: number, attempt: DueAttempt): CarriedDelivery {
  const dueInMs = Math.max(0, timeMs - Date.now());
  return { kind: "waits", waiting: { ...dueAttempt(attempt), dueInMs, isUnderWay: false } };
}

type Busy = { readonly kind: "busy" };
type BeingMade = { readonly kind: "being_made"; readonly made: Promise<MadeAttempt> };

function beingMade(made: Promise<MadeAttempt>): BeingMade {
  return { kind: "being_made", made };
}

/** Takes a turn, claims, and begins the attempt; or says why it is not begun. */
async function begin(
  deps: AttemptOneDeps,
  claim: DueAttempt,
  patience: Patience,
): Promise<BeingMade | CarriedDelivery | Busy> {
  if (!(await deps.turns.take(claim.endpointId, patience.leftMs()))) {
    return waitUntil(Date.now() + POSTPONE_MS, claim);
  }
  let isTurnUsed = false;
  try {
    // A lease of ours does not keep ourselves out, and a claim's answer may come when the attempt
    // that another carrier of this process made meanwhile has ended.
    using reserved = deps.inFlight.reserve(claim);
    if (reserved === undefined) return { kind: "busy" };
    const [result] = await deps.store.claim([claim], leaseFrom(Date.now(), deps));
    if (result === undefined) return { kind: "busy" };
    if (result.kind !== "claimed") return refused(claim, result);
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
    case "superseded":
      return waitUntil(result.nextAttemptAtMs, { ...claim, attemptNumber: result.attemptNumber });
  }
}
