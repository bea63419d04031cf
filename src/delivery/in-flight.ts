import type { DeliveryKey } from "../domain/delivery.ts";
import type { AttemptToMake, Claim } from "../store/store.ts";
import type { MadeAttempt, MakeAttempt } from "./make-attempt.ts";
import type { Turns } from "./turns.ts";

/** The attempts that this process is making, so that whoever asks for one adopts it. */
export type InFlight = {
  /** Makes an attempt for which a turn was taken; releases the turn when it has ended. */
  make(attempt: AttemptToMake): Promise<MadeAttempt>;
  /** The same in another way, and such that nobody adopts it: who wants the delivery waits. */
  makeApart<Made extends AnyMade>(
    attempt: AttemptToMake,
    make: (attempt: AttemptToMake) => Promise<Made>,
  ): Promise<Made>;
  /** Not one of an earlier number: its schedule has begun anew since. */
  find(claim: Claim): Promise<MadeAttempt> | undefined;
  /** For whoever is about to claim one; undefined if another is, or makes it already. */
  reserve(delivery: DeliveryKey): Disposable | undefined;
  /** Resolves when all that is under way has ended. */
  drain(): Promise<void>;
};

type UnderWay = { readonly attemptNumber: number; readonly made: Promise<MadeAttempt> };
type AnyMade = { readonly attempt: Pick<MadeAttempt["attempt"], "succeeded"> };

export function createInFlight(makeAttempt: MakeAttempt, turns: Turns): InFlight {
  const underWay = new Map<string, UnderWay>();
  const apart = new Map<string, Promise<AnyMade>>();
  const reserved = new Set<string>();

  async function makeAndRelease<Made extends AnyMade>(
    attempt: AttemptToMake,
    make: (attempt: AttemptToMake) => Promise<Made>,
    among: Map<string, unknown>,
  ): Promise<Made> {
    let failed = true;
    try {
      const made = await make(attempt);
      failed = !made.attempt.succeeded;
      return made;
    } finally {
      among.delete(keyOf(attempt));
      turns.release(attempt.endpointId, failed);
    }
  }

  return {
    make(attempt) {
      const made = makeAndRelease(attempt, makeAttempt, underWay);
      const { attemptNumber } = attempt;
      underWay.set(keyOf(attempt), { attemptNumber, made });
      // Whoever asks for it sees the failure; if nobody does, it must not end the process.
      made.catch(() => undefined);
      return made;
    },
    makeApart(attempt, make) {
      const made = makeAndRelease(attempt, make, apart);
      apart.set(keyOf(attempt), made);
      return made;
    },
    find(claim) {
      const found = underWay.get(keyOf(claim));
      const isOvertaken = found !== undefined && found.attemptNumber < claim.attemptNumber;
      return isOvertaken ? undefined : found?.made;
    },
    reserve(delivery) {
      const key = keyOf(delivery);
      if (reserved.has(key) || underWay.has(key) || apart.has(key)) return undefined;
      reserved.add(key);
      return { [Symbol.dispose]: () => reserved.delete(key) };
    },
    async drain() {
      const scheduled = underWay.values().map(({ made }) => made);
      await Promise.allSettled([...scheduled, ...apart.values()]);
    },
  };
}

function keyOf({ messageId, endpointId }: DeliveryKey): string {
  return `${messageId}/${endpointId}`;
}
