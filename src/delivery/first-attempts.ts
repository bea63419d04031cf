import { dueAttempt, type DueAttempt } from "../domain/waiting.ts";
import type { AttemptToMake, Lease } from "../store/store.ts";
import { leaseFrom, type Claimant } from "./claimant.ts";
import type { InFlight } from "./in-flight.ts";
import { madeDelivery, type CarriedDelivery } from "./report.ts";
import type { Throttled } from "./throttled.ts";
import type { Turns } from "./turns.ts";

/** First attempts that this process began as it accepted the message, for a workflow to adopt. */
export type FirstAttempts = {
  /** The claim under which a message is accepted, so that nobody else begins its attempts. */
  lease(nowMs: number): Lease;
  /** Begins those whose endpoint has a turn; the others are left to the workflow. */
  begin(messageId: string, attempts: readonly AttemptToMake[]): void;
  /** A message's first attempts, once; undefined if this process did not begin them. */
  adopt(messageId: string): readonly FirstAttempt[] | undefined;
};

export type FirstAttempt = DueAttempt & {
  /** null if it was left to the workflow; rejects if it could not be recorded. */
  readonly made: Promise<CarriedDelivery> | null;
};

// While Temporal is away nobody adopts. What is forgotten, the store still knows.
const REMEMBERED_MAX = 10_000;

export type FirstAttemptsDeps = Claimant & {
  readonly inFlight: InFlight;
  readonly throttled: Pick<Throttled, "begin">;
  readonly turns: Turns;
};

export function createFirstAttempts(deps: FirstAttemptsDeps): FirstAttempts {
  const remembered = new Map<string, readonly FirstAttempt[]>();

  function make(attempt: AttemptToMake): Promise<CarriedDelivery> | null {
    if (attempt.throttle !== null) {
      const reserved = deps.inFlight.reserve(attempt);
      return reserved ? deps.throttled.begin(attempt, attempt.throttle, reserved) : null;
    }
    if (!deps.turns.tryTake(attempt.endpointId)) return null;
    const carried = deps.inFlight.make(attempt).then(madeDelivery);
    // Whoever adopts it sees the failure; if nobody does, it must not end the process.
    carried.catch(() => undefined);
    return carried;
  }

  // The payload is not remembered with it.
  const begin = (attempt: AttemptToMake): FirstAttempt => ({
    ...dueAttempt(attempt),
    made: make(attempt),
  });

  return {
    lease: (nowMs) => leaseFrom(nowMs, deps),

    begin(messageId, attempts) {
      if (remembered.size >= REMEMBERED_MAX) forgetOldest(remembered);
      remembered.set(messageId, attempts.map(begin));
    },

    adopt(messageId) {
      const attempts = remembered.get(messageId);
      remembered.delete(messageId);
      return attempts;
    },
  };
}

function forgetOldest(remembered: Map<string, unknown>): void {
  const oldest = remembered.keys().next();
  if (!oldest.done) remembered.delete(oldest.value);
}
