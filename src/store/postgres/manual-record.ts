import type { Pool } from "pg";
import { labelsText } from "../labels.ts";
import type { ManualRecord } from "../store.ts";
import {
  ATTEMPT_COLUMNS,
  ATTEMPT_PARAMETERS,
  attemptValues,
  KEEP_ATTEMPTS,
} from "./attempt-values.ts";
import { healthValues, noteHealth } from "./note-health.ts";

const RECORD = `
  with given as materialized (
    select * from unnest(${ATTEMPT_PARAMETERS}, $17::text[], $18::text[])
      as given (${ATTEMPT_COLUMNS}, holder, labels)
  ),
  ${KEEP_ATTEMPTS},
  found as materialized (
    select given.message_id, given.endpoint_id, given.succeeded
    from given
    join delivery on delivery.message_id = given.message_id
      and delivery.endpoint_id = given.endpoint_id
    where given.succeeded or delivery.lease_holder = given.holder
    order by given.message_id, given.endpoint_id
    for update of delivery
  ),
  advanced as (
    update delivery set
      state = case when found.succeeded then 'succeeded' else delivery.state end,
      next_attempt_at_ms = case when not found.succeeded then delivery.next_attempt_at_ms end,
      sweep_at_ms = case when not found.succeeded then delivery.sweep_at_ms end,
      lease_holder = null,
      lease_until_ms = 0
    from found
    where delivery.message_id = found.message_id and delivery.endpoint_id = found.endpoint_id
  ),${noteHealth(19)}
  select 1`;

/** Keeps a group of attempts in one statement. No two of them may be for the same delivery. */
export async function recordManualGroup(
  pool: Pool,
  records: readonly ManualRecord[],
): Promise<readonly void[]> {
  const values = [
    ...attemptValues(records),
    records.map(({ holder }) => holder),
    records.map(({ labels }) => labelsText(labels)),
    ...healthValues(records),
  ];
  await pool.query({ name: "posthorn_record_manual", text: RECORD, values });
  return records.map(() => undefined);
}
