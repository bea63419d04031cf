import type { DeliveryKey } from "./delivery.ts";

/** Attempt number `attemptNumber` of a delivery, which is to be made. */
export type DueAttempt = DeliveryKey & {
  readonly applicationId: string;
  readonly attemptNumber: number;
};

/** These fields alone, of something that may carry more: a payload, a promise. */
export function dueAttempt(attempt: DueAttempt): DueAttempt {
  const { messageId, endpointId, applicationId, attemptNumber } = attempt;
  return { messageId, endpointId, applicationId, attemptNumber };
}

/** When, as an activity reports it. */
export type WaitingDelivery = DueAttempt & {
  /** From the moment of the report. */
  readonly dueInMs: number;
  /** It is being made, and slow: whoever waits for it should wait for nothing else. */
  readonly isUnderWay: boolean;
};

/** The same, on the workflow's own clock. */
export type DueDelivery = DueAttempt & {
  readonly dueAtMs: number;
  readonly isUnderWay: boolean;
};

/** What falls due within this time of the first goes with it: nothing is later than that. */
const TOGETHER_MS = 500;

/** When to wake for the next attempts: with the last of those that fall due together. */
export function wakeAtMs(due: readonly DueDelivery[]): number {
  const firstMs = due.reduce((earliest, { dueAtMs }) => Math.min(earliest, dueAtMs), Infinity);
  return due
    .filter(({ dueAtMs }) => dueAtMs <= firstMs + TOGETHER_MS)
    .reduce((latest, { dueAtMs }) => Math.max(latest, dueAtMs), firstMs);
}

/**
 * Splits attempts that are due into those that go together. Slow ones are parted by endpoint, so
 * that nobody waits for another endpoint's time limit.
 */
export function groupAttempts(due: readonly DueDelivery[]): readonly (readonly DueDelivery[])[] {
  const slow = Map.groupBy(
    due.filter(({ isUnderWay }) => isUnderWay),
    ({ endpointId }) => endpointId,
  );
  const prompt = due.filter(({ isUnderWay }) => !isUnderWay);
  return [...(prompt.length > 0 ? [prompt] : []), ...slow.values()];
}
