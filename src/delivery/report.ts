import type { DeliveryKey, DeliveryState } from "../domain/delivery.ts";
import { dueAttempt, type DueAttempt, type WaitingDelivery } from "../domain/waiting.ts";
import type { MadeAttempt } from "./make-attempt.ts";

/** What came of one delivery that was to be carried on. */
export type CarriedDelivery =
  | { readonly kind: "made"; readonly made: MadeAttempt }
  | { readonly kind: "waits"; readonly waiting: WaitingDelivery }
  /** Whoever carries its ordered endpoint's line does. */
  | { readonly kind: "in_line" }
  | { readonly kind: "ended"; readonly delivery: DeliveryKey; readonly state: DeliveryState };

export function madeDelivery(made: MadeAttempt): CarriedDelivery {
  return { kind: "made", made };
}

export function stillUnderWay(attempt: DueAttempt): CarriedDelivery {
  return { kind: "waits", waiting: { ...dueAttempt(attempt), dueInMs: 0, isUnderWay: true } };
}

export function waitUntil(timeMs: number, attempt: DueAttempt): CarriedDelivery {
  const dueInMs = Math.max(0, timeMs - Date.now());
  return { kind: "waits", waiting: { ...dueAttempt(attempt), dueInMs, isUnderWay: false } };
}

/** An activity's result. It stands in Temporal's history, where people read it: ids, no payloads. */
export type CarryReport = {
  readonly succeeded: number;
  /** Ended without success. */
  readonly failed: number;
  /** A line for each attempt, failed ones first, as many as a page has room for. */
  readonly attempts: readonly string[];
  readonly waiting: readonly WaitingDelivery[];
};

const LINES_MAX = 20;

export function report(carried: readonly CarriedDelivery[]): CarryReport {
  const nowMs = Date.now();
  const ended = carried.map(endOf).filter((end) => end !== undefined);
  const made = carried.flatMap((one) => (one.kind === "made" ? [one.made] : []));
  const failedFirst = [...made].sort(
    (a, b) => Number(a.attempt.succeeded) - Number(b.attempt.succeeded),
  );
  return {
    succeeded: ended.filter((end) => end === "succeeded").length,
    failed: ended.filter((end) => end !== "succeeded").length,
    attempts: failedFirst.slice(0, LINES_MAX).map(describeAttempt),
    waiting: carried.flatMap((one) => waitingOf(one, nowMs)),
  };
}

function endOf(carried: CarriedDelivery): DeliveryState | undefined {
  if (carried.kind === "ended") return carried.state;
  if (carried.kind === "made" && carried.made.next.kind === "end") return carried.made.next.end;
  return undefined;
}

function waitingOf(carried: CarriedDelivery, nowMs: number): readonly WaitingDelivery[] {
  if (carried.kind === "waits") return [carried.waiting];
  if (carried.kind !== "made" || carried.made.next.kind === "end") return [];
  const { attempt, next } = carried.made;
  return [
    {
      messageId: attempt.messageId,
      endpointId: attempt.endpointId,
      applicationId: attempt.applicationId,
      attemptNumber: attempt.number + 1,
      dueInMs: Math.max(0, attempt.endedAtMs + next.delayMs - nowMs),
      isUnderWay: false,
    },
  ];
}

/** "ep_… attempt 2: 503 in 12 ms (order.completion, msg_…)" */
export function describeAttempt({
  attempt,
  eventType,
}: Pick<MadeAttempt, "attempt" | "eventType">): string {
  const { endpointId, number, statusCode, reason, durationMs, messageId, trigger } = attempt;
  const result = reason ?? statusCode;
  const which = trigger === "manual" ? "by hand" : number;
  return `${endpointId} attempt ${which}: ${result} in ${durationMs} ms (${eventType}, ${messageId})`;
}
