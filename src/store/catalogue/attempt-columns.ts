/** All but the answer's body and the headers, which are only read where they are asked for. */
export const ATTEMPT_COLUMNS = [
  "attempt.id",
  "attempt.message_id",
  "attempt.endpoint_id",
  "attempt.application_id",
  "attempt.number",
  "attempt.trigger",
  "attempt.url",
  "attempt.succeeded",
  "attempt.status_code",
  "attempt.reason",
  "attempt.duration_ms",
  "attempt.ended_at_ms",
] as const;
