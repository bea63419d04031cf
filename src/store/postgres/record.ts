import type { Pool } from "pg";
import { labelsText } from "../labels.ts";
import { LINE_OVERDUE_MS } from "../line.ts";
import { OVERDUE_MS, type AttemptRecord } from "../store.ts";
import {
  ATTEMPT_COLUMNS,
  ATTEMPT_PARAMETERS,
  attemptValues,
  KEEP_ATTEMPTS,
} from "./attempt-values.ts";
import { healthValues, noteHealth, type Outcome } from "./note-health.ts";

// A success counts even when it comes after its lease ran out; nothing un-ends a delivery.
const RECORD = `
  with given as materialized (
    select * from unnest(${ATTEMPT_PARAMETERS}, $17::text[], $18::bigint[], $19::text[])
      as given (${ATTEMPT_COLUMNS}, state, next_attempt_at_ms, labels)
  ),
  ${KEEP_ATTEMPTS},
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
      sweep_at_ms = found.next_attempt_at_ms
        + case when delivery.place is null then ${OVERDUE_MS} else ${LINE_OVERDUE_MS} end,
      lease_holder = null,
      lease_until_ms = 0
    from found
    where delivery.message_id = found.message_id and delivery.endpoint_id = found.endpoint_id
  ),${noteHealth(20)}
  select 1`;

/** Keeps a group of attempts in one statement. No two of them may be for the same delivery. */
export async function recordGroup(
  pool: Pool,
  records: readonly AttemptRecord[],
): Promise<readonly void[]> {
  const values = [
    ...attemptValues(records),
    records.map(({ state }) => state),
    records.map(({ nextAttemptAtMs }) => nextAttemptAtMs),
    records.map(({ labels }) => labelsText(labels)),
    ...healthValues(records.map(toOutcome)),
  ];
  await pool.query({ name: "posthorn_record", text: RECORD, values });
  return records.map(() => undefined);
}

function toOutcome({ attempt, state }: AttemptRecord): Outcome {
  return { attempt, endpointIsGone: state === "endpoint_gone" };
}
