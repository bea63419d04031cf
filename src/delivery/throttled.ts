import { setTimeout as sleep } from "node:timers/promises";
import { HELD_MS, LEAD_MS, validSlotMs, type Throttle } from "../domain/throttle.ts";
import type { AttemptToMake, HotStore } from "../store/store.ts";
import type { InFlight } from "./in-flight.ts";
import { putOff, type PutOffDeps } from "./put-off.ts";
import { waitUntil, type CarriedDelivery } from "./report.ts";

/** Attempts that are held to a rate. */
export type Throttled = {
  /**
   * Makes a claimed attempt at its time, if that is soon; otherwise the delivery has an appointment.
   * Nobody else begins it meanwhile: it is `reserved`, which is given back in the end. Rejects if
   * the store fails.
   */
  begin(attempt: AttemptToMake, throttle: Throttle, reserved: Disposable): Promise<CarriedDelivery>;
  /** Resolves when all that waits here has begun. */
  drain(): Promise<void>;
};

export type ThrottledDeps = PutOffDeps & {
  readonly store: Pick<HotStore, "takeSlot">;
  readonly inFlight: InFlight;
};

/** How long an attempt whose time has come waits for a turn at its endpoint. */
const TURN_MS = 1_000;

export function createThrottled(deps: ThrottledDeps): Throttled {
  const waiting = new Set<Promise<CarriedDelivery>>();
  return {
    begin(attempt, throttle, reserved) {
      const carried = makeInTime(deps, attempt, throttle).finally(() => {
        waiting.delete(carried);
        reserved[Symbol.dispose]();
      });
      waiting.add(carried);
      // Whoever asks for it sees the failure; if nobody does, it must not end the process.
      carried.catch(() => undefined);
      return carried;
    },
    async drain() {
      await Promise.allSettled(waiting);
    },
  };
}

async function makeInTime(
  deps: ThrottledDeps,
  attempt: AttemptToMake,
  throttle: Throttle,
): Promise<CarriedDelivery> {
  const nowMs = Date.now();
  const slotAtMs = validSlotMs(throttle, nowMs) ?? (await takeSlot(deps, attempt, throttle, nowMs));
  if (slotAtMs > nowMs + HELD_MS) return waitUntil(slotAtMs - LEAD_MS, attempt);
  await sleepUntil(slotAtMs);
  if (!(await deps.turns.take(attempt.endpointId, TURN_MS))) return putOff(deps, attempt);
  return { kind: "made", made: await deps.inFlight.make(attempt) };
}

function takeSlot(
  { store, holder }: ThrottledDeps,
  { messageId, endpointId, attemptNumber, applicationId }: AttemptToMake,
  { endpoint, application }: Throttle,
  nowMs: number,
): Promise<number> {
  const rates = { endpoint, application };
  const claim = { messageId, endpointId, attemptNumber, holder, nowMs };
  return store.takeSlot({ ...claim, applicationId, rates });
}

async function sleepUntil(timeMs: number): Promise<void> {
  const leftMs = timeMs - Date.now();
  if (leftMs > 0) await sleep(leftMs);
}
