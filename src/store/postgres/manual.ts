import type { Pool } from "pg";
import { claimedAttempt, type ClaimedColumns } from "../attempt-to-make.ts";
import type { SealedEndpoint } from "../sealed-endpoint.ts";
import type { Lease, ManualClaim, ManualClaimResult, ManualRefusal } from "../store.ts";

// As in claim.ts. Where nobody wanted the message there until now, the delivery that is made is as
// if the schedule had ended before its start; whoever is quicker to make it has claimed it.
const CLAIM = `
  with given as materialized (
    select * from unnest(
      $1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[]
    ) with ordinality as given (
      message_id, endpoint_id, application_id, holder, now_ms, until_ms, position
    )
  ),
  locked as materialized (
    select given.position, delivery.lease_holder, delivery.lease_until_ms
    from given
    join delivery on delivery.message_id = given.message_id
      and delivery.endpoint_id = given.endpoint_id
    order by given.message_id, given.endpoint_id
    for update of delivery
  ),
  found as materialized (
    select given.*, locked.position is not null as is_there,
      coalesce(locked.lease_until_ms, 0) as lease_until_ms,
      case
        when locked.lease_until_ms > given.now_ms
          and locked.lease_holder is distinct from given.holder then 'busy'
        when message.id is null or endpoint.id is null or endpoint.deleted_at_ms is not null
          then 'endpoint_deleted'
        when endpoint.disabled then 'endpoint_disabled'
        when message.payload is null or message.payload_expires_at_ms <= given.now_ms
          then 'expunged'
        else 'claimed'
      end as verdict
    from given
    left join locked on locked.position = given.position
    left join message on message.id = given.message_id
      and message.application_id = given.application_id
    left join endpoint on endpoint.id = given.endpoint_id
      and endpoint.application_id = given.application_id
  ),
  taken as (
    update delivery set lease_holder = found.holder, lease_until_ms = found.until_ms
    from found
    where delivery.message_id = found.message_id and delivery.endpoint_id = found.endpoint_id
      and found.verdict = 'claimed' and found.is_there
  ),
  made as (
    insert into delivery (message_id, endpoint_id, application_id, event_type, state,
      attempts_made, lease_holder, lease_until_ms)
    select found.message_id, found.endpoint_id, found.application_id, message.event_type,
      'exhausted', 0, found.holder, found.until_ms
    from found
    join message on message.id = found.message_id
    where found.verdict = 'claimed' and not found.is_there
    order by found.message_id, found.endpoint_id
    on conflict do nothing
    returning message_id, endpoint_id
  ),
  labelled as (
    insert into delivery_label (endpoint_id, label, message_id)
    select made.endpoint_id, labels.label, made.message_id
    from made
    join message on message.id = made.message_id
    cross join lateral (
      select 'channel:' || value as label from jsonb_array_elements_text(message.channels) as value
      union
      select 'tag:' || value from jsonb_array_elements_text(message.tags) as value
    ) labels
    on conflict do nothing
  )
  select found.position::int, found.lease_until_ms,
    case
      when found.verdict = 'claimed' and not found.is_there and made.message_id is null then 'busy'
      else found.verdict
    end as verdict,
    message.application_id, message.event_type, message.channels, message.tags, message.payload,
    message.content_type, application.kind as application_kind, event_type.retry_schedule, endpoint.url, endpoint.headers,
    endpoint.secrets, endpoint.request_format, endpoint.ordered, endpoint.retry_schedule as endpoint_schedule, 0 as schedule_from
  from found
  left join made on made.message_id = found.message_id and made.endpoint_id = found.endpoint_id
  left join message on message.id = found.message_id and found.verdict = 'claimed'
  left join endpoint on endpoint.id = found.endpoint_id and found.verdict = 'claimed'
  left join application on application.id = message.application_id
  left join event_type on event_type.organization_id = application.organization_id
    and event_type.name = message.event_type`;

// After the claim, in a statement of its own: one that waited for the row would not see the attempt
// that was recorded meanwhile.
const FIND_ATTEMPTED = `
  select given.position::int, bool_or(attempt.succeeded) as succeeded
  from unnest($1::text[], $2::text[], $3::text[]) with ordinality
    as given (message_id, endpoint_id, from_id, position)
  join attempt on attempt.message_id = given.message_id
    and attempt.endpoint_id = given.endpoint_id and attempt.id >= given.from_id
  group by given.position`;

const RELEASE = `
  with found as materialized (
    select delivery.message_id, delivery.endpoint_id
    from unnest($1::text[], $2::text[], $3::text[]) as given (message_id, endpoint_id, holder)
    join delivery on delivery.message_id = given.message_id
      and delivery.endpoint_id = given.endpoint_id and delivery.lease_holder = given.holder
    order by delivery.message_id, delivery.endpoint_id
    for update of delivery
  )
  update delivery set lease_holder = null, lease_until_ms = 0
  from found
  where delivery.message_id = found.message_id and delivery.endpoint_id = found.endpoint_id`;

export type LeasedManualClaim = { readonly claim: ManualClaim; readonly lease: Lease };

export type ManualClaimRow = ClaimedColumns & {
  readonly position: number;
  readonly verdict: "busy" | "claimed" | ManualRefusal;
  readonly lease_until_ms: number;
  readonly payload: Uint8Array;
  /** Whether an attempt that was made already succeeded; undefined if none was. */
  readonly attempted: boolean | undefined;
};

/** Claims a group. No two of them may be for the same delivery. */
export async function claimManualGroup(
  pool: Pool,
  group: readonly LeasedManualClaim[],
): Promise<readonly (ManualClaimRow | undefined)[]> {
  const { rows } = await pool.query<Omit<ManualClaimRow, "attempted">>({
    name: "posthorn_claim_manual",
    text: CLAIM,
    values: [
      group.map(({ claim }) => claim.messageId),
      group.map(({ claim }) => claim.endpointId),
      group.map(({ claim }) => claim.applicationId),
      group.map(({ lease }) => lease.holder),
      group.map(({ lease }) => lease.nowMs),
      group.map(({ lease }) => lease.untilMs),
    ],
  });
  const attempted = await attemptedAlready(pool, group);
  const claimed = rows
    .filter(({ verdict }) => verdict === "claimed")
    .map((row) => row.position - 1);
  await release(
    pool,
    group.filter((_one, i) => claimed.includes(i) && attempted.has(i)),
  );
  const byIndex = new Map(rows.map((row) => [row.position - 1, row]));
  return group.map((_one, i) => {
    const row = byIndex.get(i);
    return row && { ...row, attempted: attempted.get(i) };
  });
}

/** By index: whether an attempt that should keep us from making another succeeded. */
async function attemptedAlready(
  pool: Pool,
  group: readonly LeasedManualClaim[],
): Promise<ReadonlyMap<number, boolean>> {
  if (group.every(({ claim }) => claim.unlessAttemptedFrom === undefined)) return new Map();
  const { rows } = await pool.query<{ position: number; succeeded: boolean }>({
    name: "posthorn_find_attempted",
    text: FIND_ATTEMPTED,
    values: [
      group.map(({ claim }) => claim.messageId),
      group.map(({ claim }) => claim.endpointId),
      group.map(({ claim }) => claim.unlessAttemptedFrom ?? null),
    ],
  });
  return new Map(rows.map(({ position, succeeded }) => [position - 1, succeeded]));
}

async function release(pool: Pool, group: readonly LeasedManualClaim[]): Promise<void> {
  if (group.length === 0) return;
  const values = [
    group.map(({ claim }) => claim.messageId),
    group.map(({ claim }) => claim.endpointId),
    group.map(({ lease }) => lease.holder),
  ];
  await pool.query({ name: "posthorn_release_manual", text: RELEASE, values });
}

/** Throws if a secret cannot be opened: for this claim alone, not for those that came with it. */
export function toManualClaimResult(
  { claim, lease }: LeasedManualClaim,
  row: ManualClaimRow | undefined,
  sealed: SealedEndpoint,
): ManualClaimResult {
  if (row === undefined) return { kind: "refused", reason: "endpoint_deleted" };
  const { verdict, attempted } = row;
  if (verdict === "busy") return { kind: "busy", untilMs: row.lease_until_ms };
  if (attempted !== undefined) return { kind: "attempted", succeeded: attempted };
  if (verdict !== "claimed") return { kind: "refused", reason: verdict };
  const { messageId, endpointId } = claim;
  const numbered = { messageId, endpointId, attemptNumber: 0 };
  const attempt = claimedAttempt(numbered, lease, row, row.payload, sealed);
  return { kind: "claimed", attempt };
}
