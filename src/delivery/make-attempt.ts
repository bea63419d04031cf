import { isSuccess, type AttemptOutcome } from "../domain/attempt.ts";
import { nextStep, withJitter, type NextStep } from "../domain/delivery.ts";
import type { Attempt, AttemptHeaders, EndpointHeaders } from "../domain/records.ts";
import type { RetrySchedule } from "../domain/retry-schedule.ts";
import type { Outbound } from "../outbound/outbound.ts";
import { signatureHeaders, type HeaderSet } from "../signing/sign.ts";
import { newId } from "../store/new-id.ts";
import type { AttemptToMake, HotStore } from "../store/store.ts";
import type { Metrics } from "./metrics.ts";

/** An attempt that was made and recorded, and what follows from it. */
export type MadeAttempt = {
  /** Many are remembered while Temporal is away: without what the receiver answered. */
  readonly attempt: Omit<Attempt, "response">;
  readonly eventType: string;
  readonly next: NextStep;
};

/** Signs, posts and records one claimed attempt. Throws only if it cannot be recorded. */
export type MakeAttempt = (attempt: AttemptToMake) => Promise<MadeAttempt>;

export type MakeAttemptDeps = {
  readonly store: Pick<HotStore, "record">;
  readonly outbound: Pick<Outbound, "post">;
  readonly schedule: RetrySchedule;
  /** 0 to 1: how far a wait may differ from the schedule's, either way. */
  readonly jitter: number;
  readonly headerSet: HeaderSet;
  readonly userAgent: string;
  readonly metrics: Metrics;
};

export function createMakeAttempt(deps: MakeAttemptDeps): MakeAttempt {
  return async (claimed) => {
    const { outcome, headers } = await post(deps, claimed);
    const endedAtMs = Date.now();
    const schedule = claimed.retrySchedule ?? deps.schedule;
    const step = nextStep(outcome, claimed.attemptNumber, schedule);
    const next = step.kind === "wait" ? jittered(step.delayMs, deps.jitter) : step;

    const attempt = toAttempt(claimed, outcome, endedAtMs);
    await deps.store.record({
      attempt,
      headers,
      eventType: claimed.eventType,
      labels: claimed.labels,
      state: next.kind === "end" ? next.end : "pending",
      nextAttemptAtMs: next.kind === "end" ? null : endedAtMs + next.delayMs,
    });
    const { response: _, ...made } = attempt;
    return { attempt: made, eventType: claimed.eventType, next };
  };
}

type Posted = { readonly outcome: AttemptOutcome; readonly headers: AttemptHeaders };

async function post(deps: MakeAttemptDeps, claimed: AttemptToMake): Promise<Posted> {
  const { headerSet, metrics, outbound, userAgent } = deps;
  const { messageId, payload: body, secrets, url } = claimed;
  const timestampS = Math.floor(Date.now() / 1_000);
  const signature = signatureHeaders({ messageId, timestampS, body, secrets, headerSet });

  metrics.attemptsInFlight.inc();
  const ours = {
    "content-type": claimed.contentType ?? "application/json",
    "user-agent": userAgent,
    ...signature,
  };
  const outcome = await outbound
    .post({ url, headers: { ...claimed.headers, ...ours }, body })
    .finally(() => metrics.attemptsInFlight.dec());
  metrics.attempts.inc({ result: isSuccess(outcome) ? "succeeded" : "failed" });
  metrics.attemptSeconds.observe(outcome.durationMs / 1_000);
  const received = outcome.kind === "answered" ? outcome.headers : [];
  return { outcome, headers: { sent: { ...withheld(claimed.headers), ...ours }, received } };
}

/** What an endpoint's owner adds may be a password: attempts keep its name alone. */
function withheld(headers: EndpointHeaders): AttemptHeaders["sent"] {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, null]));
}

function jittered(delayMs: number, jitter: number): NextStep {
  return { kind: "wait", delayMs: withJitter(delayMs, jitter, Math.random()) };
}

function toAttempt(claimed: AttemptToMake, outcome: AttemptOutcome, endedAtMs: number): Attempt {
  const isAnswered = outcome.kind === "answered";
  return {
    id: newId("atmpt", endedAtMs),
    messageId: claimed.messageId,
    endpointId: claimed.endpointId,
    applicationId: claimed.applicationId,
    number: claimed.attemptNumber,
    trigger: "scheduled",
    url: claimed.url,
    succeeded: isSuccess(outcome),
    statusCode: isAnswered ? outcome.status : 0,
    reason: isAnswered ? null : outcome.reason,
    response: isAnswered ? outcome.body : outcome.detail,
    durationMs: outcome.durationMs,
    endedAtMs,
  };
}
