import { isSuccess, type AttemptOutcome, type AttemptTrigger } from "../domain/attempt.ts";
import type { Attempt, AttemptHeaders } from "../domain/records.ts";
import type { Outbound } from "../outbound/outbound.ts";
import { newId } from "../store/new-id.ts";
import type { AttemptToMake } from "../store/store.ts";
import type { Metrics } from "./metrics.ts";
import { toRequest, type RequestDeps } from "./to-request.ts";

export type PostDeps = RequestDeps & {
  readonly outbound: Pick<Outbound, "post">;
  readonly metrics: Metrics;
};

/** What was posted, and what came of it; not recorded yet. */
export type PostedAttempt = {
  readonly outcome: AttemptOutcome;
  readonly attempt: Attempt;
  readonly headers: AttemptHeaders;
};

/** Signs and posts one claimed attempt. */
export async function postAttempt(
  deps: PostDeps,
  claimed: AttemptToMake,
  trigger: AttemptTrigger,
): Promise<PostedAttempt> {
  const { metrics, outbound } = deps;
  const { headers, body, kept } = toRequest(deps, claimed);

  metrics.attemptsInFlight.inc();
  const outcome = await outbound
    .post({ url: claimed.url, headers, body })
    .finally(() => metrics.attemptsInFlight.dec());
  metrics.attempts.inc({ result: isSuccess(outcome) ? "succeeded" : "failed" });
  metrics.attemptSeconds.observe(outcome.durationMs / 1_000);
  const received = outcome.kind === "answered" ? outcome.headers : [];
  const attempt = toAttempt(claimed, outcome, trigger);
  return { outcome, attempt, headers: { sent: kept, received } };
}

function toAttempt(
  claimed: AttemptToMake,
  outcome: AttemptOutcome,
  trigger: AttemptTrigger,
): Attempt {
  const isAnswered = outcome.kind === "answered";
  const endedAtMs = Date.now();
  return {
    id: newId("atmpt", endedAtMs),
    messageId: claimed.messageId,
    endpointId: claimed.endpointId,
    applicationId: claimed.applicationId,
    number: claimed.attemptNumber,
    trigger,
    url: claimed.url,
    succeeded: isSuccess(outcome),
    statusCode: isAnswered ? outcome.status : 0,
    reason: isAnswered ? null : outcome.reason,
    response: isAnswered ? outcome.body : outcome.detail,
    durationMs: outcome.durationMs,
    endedAtMs,
  };
}
