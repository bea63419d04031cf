/** What one POST to one endpoint came to. Everything a receiver can do to us is a value here. */
export type AttemptOutcome = AnsweredOutcome | UnansweredOutcome;

export type AnsweredOutcome = {
  readonly kind: "answered";
  readonly status: number;
  /** Names and values as they came, as far as there is room for them. */
  readonly headers: readonly (readonly [string, string])[];
  /** The first bytes of the body as text; base64 where they are not UTF-8. */
  readonly body: string;
  /** What the answer's Retry-After asked for, from its arrival. */
  readonly retryAfterMs: number | undefined;
  readonly durationMs: number;
};

export type UnansweredOutcome = {
  readonly kind: "unanswered";
  readonly reason: UnansweredReason;
  /** A sentence for the receiver's people: what happened, and to which address. */
  readonly detail: string;
  readonly durationMs: number;
};

export type UnansweredReason =
  | "timeout"
  | "refused"
  | "reset"
  | "unreachable"
  | "dns"
  | "tls"
  | "blocked_address"
  | "response_too_large"
  | "malformed_response";

/** Why an attempt was made: by the schedule, or because a person asked for it. */
export type AttemptTrigger = "scheduled" | "manual";

/** Standard Webhooks: 2xx, and nothing else, is a delivery. */
export function isSuccess(outcome: AttemptOutcome): boolean {
  return outcome.kind === "answered" && outcome.status >= 200 && outcome.status <= 299;
}
