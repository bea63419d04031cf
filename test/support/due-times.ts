import { expect } from "vitest";
import type { DueAttempt } from "../../src/domain/waiting.ts";
import type { Step } from "./history.ts";

const LATE_MS_MAX = 1_000;

/**
 * Each attempt that a report says is due was made: not before, and at most a second after. A report
 * is made before its activity completes, so the time left in it holds from the completion at the
 * latest. Returns the retries that were waited for, each once.
 */
export function expectDueTimesKept(steps: readonly Step[]): readonly string[] {
  const waits = steps.flatMap((step, i) =>
    step.report.waiting.map((waiting) => ({ step, waiting, later: steps.toSpliced(i, 1) })),
  );
  for (const { step, waiting, later } of waits) {
    const { dueInMs } = waiting;
    const what = keyOf(waiting);
    const made = later.find(
      (one) => one.scheduledAtMs >= step.completedAtMs && contains(one, waiting),
    );
    const waitedMs = (made?.scheduledAtMs ?? NaN) - step.completedAtMs;
    expect(waitedMs, what).toBeGreaterThanOrEqual(dueInMs);
    expect(waitedMs, what).toBeLessThanOrEqual(dueInMs + LATE_MS_MAX);
  }
  const retries = waits.filter(({ waiting }) => waiting.attemptNumber > 1);
  return [...new Set(retries.map(({ waiting }) => keyOf(waiting)))];
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
