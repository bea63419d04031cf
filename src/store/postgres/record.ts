import type { Pool } from "pg";
import { OVERDUE_MS, type AttemptRecord } from "../store.ts";

// A success counts even when it comes after its lease ran out; nothing un-ends a delivery.
const RECORD = `
  with given as materialized (
    select * from unnest(
      $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[],
      $9::boolean[], $10::int[], $11::text[], $12::text[], $13::int[], $14::bigint[],
      $15::text[], $16::bigint[], $17::text[], $18::text[]
    ) as given (
      id, message_id, endpoint_id, application_id, event_type, number, trigger, url,
      succeeded, status_code, reason, response, duration_ms, ended_at_ms,
      state, next_attempt_at_ms, sent_headers, response_headers
    )
  ),
  kept as (
    insert into attempt (id, message_id, endpoint_id, application_id, event_type, number, trigger,
      url, succeeded, status_code, reason, response, duration_ms, ended_at_ms,
      sent_headers, response_headers)
    select id, message_id, endpoint_id, application_id, event_type, number, trigger,
      url, succeeded, status_code, reason, response, duration_ms, ended_at_ms,
      sent_headers, response_headers
    from given
  ),
  found as materialized (
    select given.*
    from given
    join delivery on delivery.message_id = given.message_id
      and delivery.endpoint_id = given.endpoint_id
    where delivery.state = 'pending'
      and (delivery.attempts_made < given.number or given.state = 'succeeded')
    order by given.message_id, given.endpoint_id
    for update of delivery
  ),
  advanced as (
    update delivery set
      attempts_made = greatest(delivery.attempts_made, found.number),
      state = found.state,
      next_attempt_at_ms = found.next_attempt_at_ms,
      sweep_at_ms = found.next_attempt_at_ms + ${OVERDUE_MS},
      lease_holder = null,
      lease_until_ms = 0
    from found
    where delivery.message_id = found.message_id and delivery.endpoint_id = found.endpoint_id
  ),
  disabled as (
    update endpoint set disabled = true, updated_at_ms = given.ended_at_ms
    from given
    where endpoint.id = given.endpoint_id and given.state = 'endpoint_gone'
      and not endpoint.disabled
  )
  select 1`;

/** Keeps a group of attempts in one statement. No two of them may be for the same delivery. */
export async function recordGroup(
  pool: Pool,
  records: readonly AttemptRecord[],
): Promise<readonly void[]> {
  const attempts = records.map(({ attempt }) => attempt);
  const values = [
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
    records.map(({ state }) => state),
    records.map(({ nextAttemptAtMs }) => nextAttemptAtMs),
    records.map(({ headers }) => JSON.stringify(headers.sent)),
    records.map(({ headers }) => JSON.stringify(headers.received)),
  ];
  await pool.query({ name: "posthorn_record", text: RECORD, values });
  return records.map(() => undefined);
}
