import type { Pool } from "pg";
import { OVERDUE_MS, type CarriedMessage, type PendingDelivery } from "../store.ts";

const PENDING = `
  select message_id as "messageId", endpoint_id as "endpointId",
    application_id as "applicationId",
    attempts_made + 1 as "attemptNumber", next_attempt_at_ms as "nextAttemptAtMs"
  from delivery
  where message_id = any($1::text[]) and state = 'pending'
    and (place is null or not exists (
      select 1 from endpoint where endpoint.id = delivery.endpoint_id and endpoint.ordered
        and endpoint.deleted_at_ms is null))
  order by message_id, endpoint_id`;

/** Any number that nobody else locks: all processes of an installation use this one. */
const SWEEP_LOCK = 7_678_004_677;

// One sweeper at a time: rows alone would let two of them take different deliveries of one message.
// Rows that another statement holds are being worked on, so they are passed over, never waited for.
const TAKE_OVERDUE = `
  with turn as materialized (select pg_try_advisory_xact_lock(${SWEEP_LOCK}) as ours),
  due as materialized (
    select delivery.message_id, delivery.application_id, delivery.sweep_at_ms
    from turn, delivery
    where turn.ours and delivery.sweep_at_ms <= $1::bigint and delivery.lease_until_ms <= $1::bigint
    order by delivery.sweep_at_ms
    limit $2
    for update of delivery skip locked
  ),
  siblings as materialized (
    select message_id, endpoint_id from delivery
    where message_id in (select message_id from due) and sweep_at_ms < $1::bigint + ${OVERDUE_MS}
    for update skip locked
  ),
  taken as (
    update delivery set sweep_at_ms = $1::bigint + ${OVERDUE_MS}
    from siblings
    where delivery.message_id = siblings.message_id and delivery.endpoint_id = siblings.endpoint_id
  )
  select message_id as id, application_id as "applicationId", (
    select count(*)::int from delivery
    where delivery.message_id = due.message_id and delivery.state = 'pending'
  ) as deliveries, (
    select sum(reopened_at_ms)::bigint from delivery where delivery.message_id = due.message_id
  ) as round
  from due
  group by message_id, application_id
  order by min(sweep_at_ms)`;

const NOTE_WORKFLOW = `
  with found as materialized (
    select message_id, endpoint_id from delivery
    where message_id = any($1::text[])
    order by message_id, endpoint_id
    for update
  )
  update delivery set workflow_id = $2
  from found
  where delivery.message_id = found.message_id and delivery.endpoint_id = found.endpoint_id`;

export async function readPending(
  pool: Pool,
  messageIds: readonly string[],
): Promise<readonly PendingDelivery[]> {
  const { rows } = await pool.query<PendingDelivery>({
    name: "posthorn_pending",
    text: PENDING,
    values: [messageIds],
  });
  return rows;
}

export async function takeOverdue(
  pool: Pool,
  nowMs: number,
  deliveriesMax: number,
): Promise<readonly CarriedMessage[]> {
  const { rows } = await pool.query<CarriedMessage>({
    name: "posthorn_take_overdue",
    text: TAKE_OVERDUE,
    values: [nowMs, deliveriesMax],
  });
  return rows;
}

export async function noteWorkflow(
  pool: Pool,
  messageIds: readonly string[],
  workflowId: string,
): Promise<void> {
  const values = [messageIds, workflowId];
  await pool.query({ name: "posthorn_note_workflow", text: NOTE_WORKFLOW, values });
}
