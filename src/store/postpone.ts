import { HELD_MS } from "../domain/throttle.ts";
import type { Postponed, SlotRequest } from "./slots.ts";

/** A delivery that is put off; `slotAtMs` is the time that it was given, if it was. */
export type PutOff = Postponed & { readonly slotAtMs: number | null };

/** Of those that were given a time: whoever is to wait longer than a process would. */
export function putOffs(
  requests: readonly SlotRequest[],
  slots: readonly number[],
): readonly PutOff[] {
  return requests.flatMap((request, i) => {
    const slotAtMs = slots[i] ?? 0;
    if (slotAtMs <= request.nowMs + HELD_MS) return [];
    const { messageId, endpointId, attemptNumber, holder, nowMs } = request;
    const untilMs = slotAtMs;
    return [{ messageId, endpointId, attemptNumber, holder, nowMs, untilMs, slotAtMs }];
  });
}
