import type { Pool } from "pg";
import type { DeliveryState } from "../../domain/delivery.ts";
import { HELD_MS } from "../../domain/throttle.ts";
import {
  claimedAttempt,
  throttled,
  type ClaimedColumns,
  type ThrottledColumns,
} from "../attempt-to-make.ts";
import { acceptancePlace, LINE_OVERDUE_MS } from "../line.ts";
import type { SealedEndpoint } from "../sealed-endpoint.ts";
import type { Claim, ClaimResult, Lease } from "../store.ts";

// Rows are locked in the order of their keys, as every statement does that locks several, so that
// two of them wait for each other instead of deadlocking. The verdict is on the locked row.
const CLAIM = `
  with given as materialized (
    select * from unnest(
      $1::text[], $2::text[], $3::int[], $4::text[], $5::bigint[], $6::bigint[], $7::boolean[],
      $8::bigint[]
    ) with ordinality as given (
      message_id, endpoint_id, number, holder, now_ms, until_ms, in_line, acceptance_place, position
    )
  ),
  found as materialized (
    select given.*, delivery.state, delivery.attempts_made, delivery.next_attempt_at_ms,
      delivery.lease_until_ms, delivery.application_id, delivery.schedule_from,
      delivery.slot_at_ms,
      case
        when delivery.state <> 'pending' then 'ended'
        when delivery.attempts_made >= given.number then 'superseded'
        when delivery.lease_until_ms > given.now_ms
          and delivery.lease_holder is distinct from given.holder then 'busy'
        when endpoint.deleted_at_ms is not null then 'endpoint_deleted'
        when endpoint.disabled then 'endpoint_disabled'
        when (
          select message.payload is null or message.payload_expires_at_ms <= given.now_ms
          from message where message.id = given.message_id
        ) then 'expunged'
        when endpoint.ordered and (
          not given.in_line or endpoint.line_at_ms is not null or delivery.place is null or exists (
            select 1 from delivery before
            where before.endpoint_id = given.endpoint_id and before.state = 'pending'
              and before.place is not null
              and (before.place, before.message_id) < (delivery.place, delivery.message_id)
          )
        ) then 'in_line'
        when delivery.slot_at_ms > given.now_ms + ${HELD_MS} then 'superseded'
        else 'claimed'
      end as verdict
    from given
    join delivery on delivery.message_id = given.message_id
      and delivery.endpoint_id = given.endpoint_id
    join endpoint on endpoint.id = given.endpoint_id
    order by given.message_id, given.endpoint_id
    for update of delivery
  ),
  claimed as (
    update delivery set lease_holder = found.holder, lease_until_ms = found.until_ms,
      slot_at_ms = null
    from found
    where delivery.message_id = found.message_id and delivery.endpoint_id = found.endpoint_id
      and found.verdict = 'claimed'
  ),
  placed as (
    update delivery set
      place = coalesce((
        select deliver_at_ms * 1000 from message where message.id = found.message_id
      ), found.acceptance_place),
      sweep_at_ms = found.now_ms + ${LINE_OVERDUE_MS}, lease_holder = null, lease_until_ms = 0
    from found
    where delivery.message_id = found.message_id and delivery.endpoint_id = found.endpoint_id
      and found.verdict = 'in_line' and delivery.place is null
  ),
  ended as (
    update delivery set state = found.verdict, next_attempt_at_ms = null, sweep_at_ms = null,
      lease_holder = null, lease_until_ms = 0
    from found
    where delivery.message_id = found.message_id and delivery.endpoint_id = found.endpoint_id
      and found.verdict in ('endpoint_deleted', 'endpoint_disabled', 'expunged')
  )
  select found.position::int, found.verdict, found.state, found.attempts_made,
    found.next_attempt_at_ms, found.lease_until_ms, found.application_id, found.schedule_from,
    found.slot_at_ms, endpoint.throttle_rate, application.kind as application_kind,
    application.throttle_rate as application_throttle_rate,
    message.event_type, message.channels, message.tags, message.payload, message.content_type,
    event_type.retry_schedule, endpoint.url, endpoint.headers, endpoint.secrets,
    endpoint.request_format, endpoint.retry_schedule as endpoint_schedule,
    endpoint.ordered
  from found
  left join message on message.id = found.message_id and found.verdict = 'claimed'
  left join endpoint on endpoint.id = found.endpoint_id and found.verdict = 'claimed'
  left join application on application.id = found.application_id and found.verdict = 'claimed'
  left join event_type on event_type.organization_id = application.organization_id
    and event_type.name = message.event_type`;

export type ClaimRow = ClaimedColumns &
  ThrottledColumns & {
    readonly position: number;
    readonly verdict:
      | "ended"
      | "superseded"
      | "busy"
      | "claimed"
      | "endpoint_deleted"
      | "endpoint_disabled"
      | "expunged"
      | "in_line";
    readonly state: DeliveryState;
    readonly attempts_made: number;
    readonly next_attempt_at_ms: number | null;
    readonly lease_until_ms: number;
    readonly payload: Uint8Array;
  };

export type LeasedClaim = { readonly claim: Claim; readonly lease: Lease };

/** Claims a group in one statement. No two of them may be for the same delivery. */
export async function claimGroup(
  pool: Pool,
  group: readonly LeasedClaim[],
): Promise<readonly (ClaimRow | undefined)[]> {
  const { rows } = await pool.query<ClaimRow>({
    name: "posthorn_claim",
    text: CLAIM,
    values: [
      group.map(({ claim }) => claim.messageId),
      group.map(({ claim }) => claim.endpointId),
      group.map(({ claim }) => claim.attemptNumber),
      group.map(({ lease }) => lease.holder),
      group.map(({ lease }) => lease.nowMs),
      group.map(({ lease }) => lease.untilMs),
      group.map(({ claim }) => claim.inLine ?? false),
      group.map(({ claim }) => acceptancePlace(claim.messageId)),
    ],
  });
  const byPosition = new Map(rows.map((row) => [row.position - 1, row]));
  return group.map((_one, i) => byPosition.get(i));
}

/** Throws if a secret cannot be opened: for this claim alone, not for those that came with it. */
export function toClaimResult(
  { claim, lease }: LeasedClaim,
  row: ClaimRow | undefined,
  sealed: SealedEndpoint,
): ClaimResult {
  // Its retention has passed, or it never was: nobody is left to deliver it to.
  if (row === undefined) return { kind: "ended", state: "endpoint_deleted" };
  const { verdict } = row;
  if (verdict === "claimed") {
    const attempt = claimedAttempt(claim, lease, row, row.payload, sealed);
    return { kind: "claimed", attempt: throttled(attempt, row) };
  }
  if (verdict === "busy") return { kind: "busy", untilMs: row.lease_until_ms };
  if (verdict === "in_line") return { kind: "in_line" };
  if (verdict === "superseded") {
    const nextAttemptAtMs = row.next_attempt_at_ms ?? lease.nowMs;
    return { kind: "superseded", attemptNumber: row.attempts_made + 1, nextAttemptAtMs };
  }
  return { kind: "ended", state: verdict === "ended" ? row.state : verdict };
}
