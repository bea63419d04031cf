import type { DueAttempt } from "../domain/waiting.ts";
import type { HotStore } from "../store/store.ts";
import { attemptOne, type AttemptOneDeps } from "./attempt-one.ts";
import type { FirstAttempt, FirstAttempts } from "./first-attempts.ts";
import { createPatience, type Patience } from "./patience.ts";
import {
  report,
  stillUnderWay,
  waitUntil,
  type CarriedDelivery,
  type CarryReport,
} from "./report.ts";

/**
 * What a workflow asks of the engine: see to these deliveries, and say which must be seen to again,
 * and when. It waits no longer than its patience for a receiver; it throws only if the store fails.
 */
export type Carry = {
  /** All deliveries of these messages: adopts what this process began, makes what is due. */
  messages(messageIds: readonly string[], patienceMs: number): Promise<CarryReport>;
  /** These attempts, now. */
  attempts(due: readonly DueAttempt[], patienceMs: number): Promise<CarryReport>;
};

export type CarryDeps = AttemptOneDeps & {
  readonly store: Pick<HotStore, "pendingDeliveries">;
  readonly firstAttempts: FirstAttempts;
};

export function createCarry(deps: CarryDeps): Carry {
  return {
    async messages(messageIds, patienceMs) {
      using patience = createPatience(patienceMs);
      const begun = messageIds.map((id) => deps.firstAttempts.adopt(id));
      const notBegun = messageIds.filter((_id, i) => begun[i] === undefined);
      const adopted = begun.flatMap((attempts) => attempts ?? []);
      const carried = await Promise.all([
        ...adopted.map((first) => adopt(deps, first, patience)),
        carryPending(deps, notBegun, patience),
      ]);
      return report(carried.flat());
    },

    async attempts(due, patienceMs) {
      using patience = createPatience(patienceMs);
      return report(await Promise.all(due.map((one) => attemptOne(deps, one, patience))));
    },
  };
}

async function adopt(
  deps: CarryDeps,
  first: FirstAttempt,
  patience: Patience,
): Promise<CarriedDelivery> {
  if (first.made === null) return attemptOne(deps, first, patience);
  return (await patience.waitFor(first.made)) ?? stillUnderWay(first);
}

async function carryPending(
  deps: CarryDeps,
  messageIds: readonly string[],
  patience: Patience,
): Promise<readonly CarriedDelivery[]> {
  if (messageIds.length === 0) return [];
  const pending = await deps.store.pendingDeliveries(messageIds);
  const nowMs = Date.now();
  return Promise.all(
    pending.map((one) =>
      one.nextAttemptAtMs > nowMs
        ? waitUntil(one.nextAttemptAtMs, one)
        : attemptOne(deps, one, patience),
    ),
  );
}
