import type { Attempt, AttemptHeaders } from "../../domain/records.ts";

/** The first sixteen parameters of a statement that keeps attempts … */
export const ATTEMPT_PARAMETERS = `
  $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[],
  $9::boolean[], $10::int[], $11::text[], $12::text[], $13::int[], $14::bigint[], $15::text[],
  $16::text[]`;

/** … and their names. */
export const ATTEMPT_COLUMNS = `
  id, message_id, endpoint_id, application_id, event_type, number, trigger, url,
  succeeded, status_code, reason, response, duration_ms, ended_at_ms, sent_headers,
  response_headers`;

/** Of a statement whose "given" has these columns, and each attempt's labels as JSON. */
export const KEEP_ATTEMPTS = `kept as (
    insert into attempt (${ATTEMPT_COLUMNS})
    select ${ATTEMPT_COLUMNS} from given
  ),
  labelled as (
    insert into attempt_label (endpoint_id, label, attempt_id, message_id)
    select endpoint_id, jsonb_array_elements_text(labels::jsonb), id, message_id from given
    where labels is not null
  )`;

type Kept = {
  readonly attempt: Attempt;
  readonly headers: AttemptHeaders;
  readonly eventType: string;
};

export function attemptValues(records: readonly Kept[]): readonly unknown[] {
  const attempts = records.map(({ attempt }) => attempt);
  return [
    attempts.map(({ id }) => id),
    attempts.map(({ messageId }) => messageId),
    attempts.map(({ endpointId }) => endpointId),
    attempts.map(({ applicationId }) => applicationId),
    records.map(({ eventType }) => eventType),
    attempts.map(({ number }) => number),
    attempts.map(({ trigger }) => trigger),
    attempts.map(({ url }) => url),
    attempts.map(({ succeeded }) => succeeded),
    attempts.map(({ statusCode }) => statusCode),
    attempts.map(({ reason }) => reason),
    attempts.map(({ response }) => response),
    attempts.map(({ durationMs }) => durationMs),
    attempts.map(({ endedAtMs }) => endedAtMs),
    records.map(({ headers }) => JSON.stringify(headers.sent)),
    records.map(({ headers }) => JSON.stringify(headers.received)),
  ];
}
