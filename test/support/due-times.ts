import { expect } from "vitest";
import { idTimeMs } from "../../src/domain/ids.ts";
import type { DueAttempt } from "../../src/domain/waiting.ts";
import { attemptsIn, type Step } from "./history.ts";

/** On a machine that stands still for a while; far less than waits differ from each other. */
const LATE_MS_MAX = 30_000;

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

/** Of one message's attempts each waited as long as is scheduled after the end of the one before. */
export function expectWaits(steps: readonly Step[], waitsMs: readonly number[]): void {
  const attempts = attemptsIn(steps);
  expect(attempts).toHaveLength(waitsMs.length + 1);
  let begunAtMs = acceptedAtMs(attempts[0]);
  for (const [i, step] of attempts.slice(0, -1).entries()) {
    const next = steps[steps.indexOf(step) + 1];
    expectWait(step, next, { begunAtMs, waitMs: waitsMs[i] ?? NaN, what: `wait ${i + 1}` });
    begunAtMs = next?.scheduledAtMs ?? NaN;
  }
}

function acceptedAtMs(first: Step | undefined): number {
  return idTimeMs("msg", first?.report.waiting[0]?.messageId ?? "") ?? NaN;
}

type Wait = { readonly begunAtMs: number; readonly waitMs: number; readonly what: string };

function expectWait(step: Step, next: Step | undefined, { begunAtMs, waitMs, what }: Wait): void {
  const dueInMs = step.report.waiting[0]?.dueInMs ?? NaN;
  expect(dueInMs, what).toBeLessThanOrEqual(waitMs);
  // It is as long from the attempt's end, which was between its begin and the report.
  const reportedInMs = step.knownAtMs - begunAtMs;
  expect(dueInMs, what).toBeGreaterThanOrEqual(waitMs - reportedInMs - 1);
  expectOnTime(step, next, dueInMs, what);
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
