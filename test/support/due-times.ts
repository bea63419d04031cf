import { expect } from "vitest";
import type { DueAttempt } from "../../src/domain/waiting.ts";
import type { Step } from "./history.ts";

/** On a machine that does much else. */
const LATE_MS_MAX = 5_000;
/** From the end of an attempt until it is recorded and reported. */
const REPORT_MS_MAX = 3_000;

/**
 * What a step's report says is due `dueInMs` later was done then: not before, and soon
 * after. A report is made before its activity completes, so the time left in it holds from the
 * completion at the latest.
 */
export function expectOnTime(step: Step, made: Step | undefined, dueInMs: number, what: string) {
  const madeAtMs = made?.scheduledAtMs ?? NaN;
  const waitedMs = madeAtMs - step.completedAtMs;
  expect(waitedMs, what).toBeGreaterThanOrEqual(dueInMs);
  expect(waitedMs - step.tasksMsUntil(madeAtMs), what).toBeLessThanOrEqual(dueInMs + LATE_MS_MAX);
}

/** Each attempt waited as long as is scheduled after the end of the one before. */
export function expectWaits(steps: readonly Step[], waitsMs: readonly number[]): void {
  expect(steps).toHaveLength(waitsMs.length + 1);
  for (const [i, step] of steps.slice(0, -1).entries()) {
    const waitMs = waitsMs[i] ?? NaN;
    const dueInMs = step.report.waiting[0]?.dueInMs ?? NaN;
    expect(dueInMs).toBeLessThanOrEqual(waitMs);
    expect(dueInMs).toBeGreaterThan(waitMs - REPORT_MS_MAX);
    expectOnTime(step, steps[i + 1], dueInMs, `wait ${i + 1}`);
  }
}

/** All that reports say is due was made on time. Returns the retries among it, each once. */
export function expectDueTimesKept(steps: readonly Step[]): readonly string[] {
  const waits = steps.flatMap((step) =>
    step.report.waiting.map((waiting) => ({ step, waiting, what: keyOf(waiting) })),
  );
  for (const { step, waiting, what } of waits) {
    const made = steps.find(
      (one) => one.scheduledAtMs >= step.completedAtMs && contains(one, waiting),
    );
    expectOnTime(step, made, waiting.dueInMs, what);
  }
  const retries = waits.filter(({ waiting }) => waiting.attemptNumber > 1);
  return [...new Set(retries.map(({ what }) => what))];
}

function keyOf({ messageId, endpointId, attemptNumber }: DueAttempt): string {
  return `attempt ${attemptNumber} of ${messageId} → ${endpointId}`;
}

function contains({ kind, input }: Step, waiting: DueAttempt): boolean {
  const [due] = input;
  return (
    kind === "regular" &&
    Array.isArray(due) &&
    due.some((one: DueAttempt) => keyOf(one) === keyOf(waiting))
  );
}
