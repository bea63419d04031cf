import { nextStep, withJitter, type NextStep } from "../domain/delivery.ts";
import type { Attempt } from "../domain/records.ts";
import type { RetrySchedule } from "../domain/retry-schedule.ts";
import type { AttemptToMake, HotStore } from "../store/store.ts";
import { postAttempt, type PostDeps } from "./post-attempt.ts";

/** An attempt that was made and recorded, and what follows from it. */
export type MadeAttempt = {
  /** Many are remembered while Temporal is away: without what the receiver answered. */
  readonly attempt: Omit<Attempt, "response">;
  readonly eventType: string;
  readonly next: NextStep;
};

/** Signs, posts and records one claimed attempt. Throws only if it cannot be recorded. */
export type MakeAttempt = (attempt: AttemptToMake) => Promise<MadeAttempt>;

export type MakeAttemptDeps = PostDeps & {
  readonly store: Pick<HotStore, "record">;
  readonly schedule: RetrySchedule;
  /** 0 to 1: how far a wait may differ from the schedule's, either way. */
  readonly jitter: number;
};

export function createMakeAttempt(deps: MakeAttemptDeps): MakeAttempt {
  return async (claimed) => {
    const { outcome, attempt, headers } = await postAttempt(deps, claimed, "scheduled");
    const { endedAtMs } = attempt;
    const schedule = claimed.retrySchedule ?? deps.schedule;
    const step = nextStep(outcome, claimed.attemptNumber - claimed.scheduleFrom, schedule);
    const next = step.kind === "wait" ? jittered(step.delayMs, deps.jitter) : step;

    await deps.store.record({
      attempt,
      headers,
      eventType: claimed.eventType,
      labels: claimed.labels,
      state: next.kind === "end" ? next.end : "pending",
      nextAttemptAtMs: next.kind === "end" ? null : endedAtMs + next.delayMs,
      inLine: claimed.inLine ?? false,
    });
    const { response: _, ...made } = attempt;
    return { attempt: made, eventType: claimed.eventType, next };
  };
}

function jittered(delayMs: number, jitter: number): NextStep {
  return { kind: "wait", delayMs: withJitter(delayMs, jitter, Math.random()) };
}
