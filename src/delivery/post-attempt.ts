import { isSuccess, type AttemptOutcome, type AttemptTrigger } from "../domain/attempt.ts";
import type { Attempt, AttemptHeaders, EndpointHeaders } from "../domain/records.ts";
import type { Outbound } from "../outbound/outbound.ts";
import { signatureHeaders, type HeaderSet } from "../signing/sign.ts";
import { newId } from "../store/new-id.ts";
import type { AttemptToMake } from "../store/store.ts";
import type { Metrics } from "./metrics.ts";

export type PostDeps = {
  readonly outbound: Pick<Outbound, "post">;
  readonly headerSet: HeaderSet;
  readonly userAgent: string;
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
  const headers = { sent: { ...withheld(claimed.headers), ...ours }, received };
  return { outcome, attempt: toAttempt(claimed, outcome, trigger), headers };
}

/** What an endpoint's owner adds may be a password: attempts keep its name alone. */
function withheld(headers: EndpointHeaders): AttemptHeaders["sent"] {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, null]));
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
