import type { Pool } from "pg";
import { firstAttempt, type EndpointColumns } from "../attempt-to-make.ts";
import type { SealedEndpoint } from "../sealed-endpoint.ts";
import { OVERDUE_MS, type AcceptResult, type NewMessage } from "../store.ts";

// The payloads come as one value, in binary: as an array they would be sent as hexadecimal text.
// Messages are inserted in the order of their event ids, so that groups with the same ones wait for
// each other instead of deadlocking.
const ACCEPT = `
  with given as materialized (
    select * from unnest(
      $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
      $7::int[], $8::int[], $9::bigint[], $10::text[], $11::bigint[]
    ) with ordinality as given (
      id, organization_id, application, event_type, event_id, channels,
      payload_start, payload_length, accepted_at_ms, lease_holder, lease_until_ms, position
    )
  ),
  resolved as materialized (
    select given.*, application.id as application_id, exists (
      select 1 from event_type
      where event_type.organization_id = given.organization_id
        and event_type.name = given.event_type and event_type.archived
    ) as archived
    from given
    left join lateral (
      select id from application
      where id = given.application and organization_id = given.organization_id
        and deleted_at_ms is null
      union all
      select id from application
      where organization_id = given.organization_id and uid = given.application
        and deleted_at_ms is null
      limit 1
    ) application on true
  ),
  inserted as (
    insert into message (id, application_id, event_type, event_id, channels, payload)
    select id, application_id, event_type, event_id, channels::jsonb,
      substring($12::bytea from payload_start for payload_length)
    from resolved
    where application_id is not null and not archived
    order by application_id, event_id
    on conflict (application_id, event_id) where event_id is not null do nothing
    returning id
  ),
  subscribed as materialized (
    select resolved.*, endpoint.id as endpoint_id, endpoint.url, endpoint.headers, endpoint.secrets
    from inserted
    join resolved on resolved.id = inserted.id
    join endpoint on endpoint.application_id = resolved.application_id
      and endpoint.deleted_at_ms is null and not endpoint.disabled
      and (endpoint.event_types is null or endpoint.event_types ? resolved.event_type)
      and (endpoint.channels is null or endpoint.channels ?| array(
        select jsonb_array_elements_text(resolved.channels::jsonb)))
  ),
  delivered as (
    insert into delivery (message_id, endpoint_id, application_id, state, attempts_made,
      next_attempt_at_ms, lease_holder, lease_until_ms, sweep_at_ms)
    select id, endpoint_id, application_id, 'pending', 0,
      accepted_at_ms, lease_holder, coalesce(lease_until_ms, 0), accepted_at_ms + ${OVERDUE_MS}
    from subscribed
  )
  select resolved.position::int, resolved.application_id, resolved.archived,
    inserted.id is not null as inserted,
    subscribed.endpoint_id, subscribed.url, subscribed.headers, subscribed.secrets
  from resolved
  left join inserted on inserted.id = resolved.id
  left join subscribed on subscribed.id = resolved.id
  order by resolved.position, subscribed.endpoint_id`;

export type AcceptRow = {
  readonly position: number;
  readonly application_id: string | null;
  readonly archived: boolean;
  readonly inserted: boolean;
} & (SubscribedColumns | { readonly endpoint_id: null });

type SubscribedColumns = EndpointColumns & { readonly endpoint_id: string };

/** Keeps a group of messages and their deliveries in one statement. Returns the rows of each. */
export async function acceptGroup(
  pool: Pool,
  messages: readonly NewMessage[],
): Promise<readonly (readonly AcceptRow[])[]> {
  const { rows } = await pool.query<AcceptRow>({
    name: "posthorn_accept",
    text: ACCEPT,
    values: toValues(messages),
  });
  const byMessage = Map.groupBy(rows, ({ position }) => position - 1);
  return messages.map((_message, i) => byMessage.get(i) ?? []);
}

function toValues(messages: readonly NewMessage[]): unknown[] {
  const starts: number[] = [];
  let start = 1;
  for (const { payload } of messages) {
    starts.push(start);
    start += payload.length;
  }
  return [
    messages.map(({ id }) => id),
    messages.map(({ organizationId }) => organizationId),
    messages.map(({ application }) => application),
    messages.map(({ eventType }) => eventType),
    messages.map(({ eventId }) => eventId),
    messages.map(({ channels }) => (channels === null ? null : JSON.stringify(channels))),
    starts,
    messages.map(({ payload }) => payload.length),
    messages.map(({ acceptedAtMs }) => acceptedAtMs),
    messages.map(({ lease }) => lease?.holder ?? null),
    messages.map(({ lease }) => lease?.untilMs ?? null),
    Buffer.concat(messages.map(({ payload }) => payload)),
  ];
}

/** Throws if a secret cannot be opened: for this message alone, not for those that came with it. */
export function toAcceptResult(
  message: NewMessage,
  rows: readonly AcceptRow[],
  sealed: SealedEndpoint,
): AcceptResult {
  const [first] = rows;
  if (first === undefined || first.application_id === null) return { kind: "unknown_application" };
  if (first.archived) return { kind: "event_type_archived" };
  if (!first.inserted) return { kind: "event_id_taken" };

  const applicationId = first.application_id;
  const attempts = rows.flatMap((row) =>
    row.endpoint_id === null
      ? []
      : [firstAttempt(message, applicationId, row.endpoint_id, row, sealed)],
  );
  return { kind: "accepted", applicationId, attempts };
}
