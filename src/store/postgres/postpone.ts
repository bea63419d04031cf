import type { ClientBase, Pool } from "pg";
import type { PutOff } from "../postpone.ts";
import { LINE_OVERDUE_MS } from "../line.ts";
import { OVERDUE_MS } from "../store.ts";

const PUT_OFF = `
  with given as materialized (
    select * from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::bigint[],
      $6::bigint[], $7::bigint[])
      as given (message_id, endpoint_id, number, holder, now_ms, until_ms, slot_at_ms)
  ),
  found as materialized (
    select given.* from given
    join delivery on delivery.message_id = given.message_id
      and delivery.endpoint_id = given.endpoint_id
    where delivery.state = 'pending' and delivery.attempts_made < given.number
      and (delivery.lease_until_ms <= given.now_ms or delivery.lease_holder = given.holder)
    order by given.message_id, given.endpoint_id
    for update of delivery
  )
  update delivery set next_attempt_at_ms = found.until_ms,
    slot_at_ms = found.slot_at_ms,
    sweep_at_ms = found.until_ms
      + case when delivery.place is null then ${OVERDUE_MS} else ${LINE_OVERDUE_MS} end,
    lease_holder = null, lease_until_ms = 0
  from found
  where delivery.message_id = found.message_id and delivery.endpoint_id = found.endpoint_id`;

/** Puts off a group in one statement. No two of them may be for the same delivery. */
export async function putOff(
  client: Pool | ClientBase,
  group: readonly PutOff[],
): Promise<readonly void[]> {
  if (group.length === 0) return [];
  const values = [
    group.map(({ messageId }) => messageId),
    group.map(({ endpointId }) => endpointId),
    group.map(({ attemptNumber }) => attemptNumber),
    group.map(({ holder }) => holder),
    group.map(({ nowMs }) => nowMs),
    group.map(({ untilMs }) => untilMs),
    group.map(({ slotAtMs }) => slotAtMs),
  ];
  await client.query({ name: "posthorn_put_off", text: PUT_OFF, values });
  return group.map(() => undefined);
}
