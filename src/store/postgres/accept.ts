import type { Pool } from "pg";
import { labelsOf, labelsText } from "../labels.ts";
import { fromNames, fromRecipients } from "../rows.ts";
import { HELD_UP_MS, LINE_OVERDUE_MS } from "../line.ts";
import { IDEMPOTENT_MS, OVERDUE_MS, type NewMessage } from "../store.ts";
import type { AcceptRow } from "./accept-result.ts";
import { NOW_PLACE } from "./line.ts";

// The payloads come as one value, in binary: as an array they would be sent as hexadecimal text.
// Messages are inserted in the order of their event ids, so that groups with the same ones wait for
// each other instead of deadlocking.
const ACCEPT = `
  with given as materialized (
    select * from unnest(
      $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
      $7::int[], $8::int[], $9::bigint[], $10::text[], $11::bigint[], $13::text[], $14::text[],
      $15::bigint[], $16::text[], $17::text[], $18::text[],
      $19::text[], $20::bigint[]
    ) with ordinality as given (
      id, organization_id, application, event_type, event_id, channels,
      payload_start, payload_length, accepted_at_ms, lease_holder, lease_until_ms, tags,
      content_type, payload_expires_at_ms, recipients, idempotency_key, labels,
      application_kind, deliver_at_ms, position
    )
  ),
  resolved as materialized (
    select given.*, application.id as application_id, event_type.retry_schedule,
      application.throttle_rate as application_throttle_rate,
      coalesce(event_type.archived, false) as archived
    from given
    left join event_type on event_type.organization_id = given.organization_id
      and event_type.name = given.event_type
    left join lateral (
      select id, throttle_rate from application
      where id = given.application and organization_id = given.organization_id
        and deleted_at_ms is null and kind = given.application_kind
      union all
      select id, throttle_rate from application
      where organization_id = given.organization_id and uid = given.application
        and deleted_at_ms is null and kind = given.application_kind
      limit 1
    ) application on true
  ),
  begun as (
    insert into idempotent_call as call (key, begun_at_ms, status, message_id)
    select idempotency_key, accepted_at_ms, 202, id from resolved
    where idempotency_key is not null and application_id is not null and not archived
    order by idempotency_key
    on conflict (key) do update set begun_at_ms = excluded.begun_at_ms, status = excluded.status,
      body = null, message_id = excluded.message_id
    where call.begun_at_ms <= excluded.begun_at_ms - ${IDEMPOTENT_MS}
    returning key
  ),
  inserted as (
    insert into message (id, application_id, event_type, event_id, channels, tags, payload,
      content_type, payload_expires_at_ms, recipients, deliver_at_ms)
    select id, application_id, event_type, event_id, channels::jsonb, tags::jsonb,
      substring($12::bytea from payload_start for payload_length), content_type,
      payload_expires_at_ms, recipients, deliver_at_ms
    from resolved
    where application_id is not null and not archived
      and (idempotency_key is null or idempotency_key in (select key from begun))
    order by application_id, event_id, position
    on conflict (application_id, event_id) where event_id is not null do nothing
    returning id
  ),
  subscribed as materialized (
    select resolved.*, endpoint.id as endpoint_id, endpoint.url, endpoint.headers, endpoint.secrets,
      endpoint.request_format, endpoint.retry_schedule as endpoint_schedule, endpoint.throttle_rate,
      endpoint.ordered
    from inserted
    join resolved on resolved.id = inserted.id
    join endpoint on endpoint.application_id = resolved.application_id
      and endpoint.deleted_at_ms is null and not endpoint.disabled
      and (endpoint.id = resolved.recipients or resolved.recipients is null
        and (endpoint.event_types is null or endpoint.event_types ? resolved.event_type)
        and (endpoint.channels is null or endpoint.channels ?| array(
          select jsonb_array_elements_text(resolved.channels::jsonb))))
  ),
  delivered as (
    insert into delivery (message_id, endpoint_id, application_id, event_type, state,
      attempts_made, next_attempt_at_ms, lease_holder, lease_until_ms, sweep_at_ms, place)
    select id, endpoint_id, application_id, event_type, 'pending', 0,
      coalesce(deliver_at_ms, accepted_at_ms),
      case when not ordered then lease_holder end,
      case when ordered then 0 else coalesce(lease_until_ms, 0) end,
      coalesce(deliver_at_ms, accepted_at_ms)
        + case when ordered then ${LINE_OVERDUE_MS} else ${OVERDUE_MS} end,
      case when ordered then coalesce(deliver_at_ms * 1000, ${NOW_PLACE}) end
    from subscribed
  ),
  message_labelled as (
    insert into message_label (application_id, label, message_id)
    select application_id, jsonb_array_elements_text(labels::jsonb), id
    from inserted join resolved using (id)
    where labels is not null
  ),
  delivery_labelled as (
    insert into delivery_label (endpoint_id, label, message_id)
    select endpoint_id, jsonb_array_elements_text(labels::jsonb), id from subscribed
    where labels is not null
  )
  select resolved.position::int, resolved.application_id, resolved.archived,
    resolved.retry_schedule, inserted.id is not null as inserted,
    resolved.idempotency_key is not null and begun.key is null as repeated,
    subscribed.endpoint_id, subscribed.url, subscribed.headers, subscribed.secrets,
    subscribed.request_format, subscribed.endpoint_schedule, subscribed.throttle_rate,
    resolved.application_throttle_rate, subscribed.ordered,
    case when subscribed.ordered then (
      select first.place <= ${NOW_PLACE}
        and first.next_attempt_at_ms > resolved.accepted_at_ms + ${HELD_UP_MS}
      from delivery first
      where first.endpoint_id = subscribed.endpoint_id and first.state = 'pending'
        and first.place is not null
      order by first.place, first.message_id
      limit 1
    ) end as is_held
  from resolved
  left join begun on begun.key = resolved.idempotency_key
  left join inserted on inserted.id = resolved.id
  left join subscribed on subscribed.id = resolved.id
  order by resolved.position, subscribed.endpoint_id`;

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
    messages.map(({ channels }) => fromNames(channels)),
    starts,
    messages.map(({ payload }) => payload.length),
    messages.map(({ acceptedAtMs }) => acceptedAtMs),
    messages.map(({ lease }) => lease?.holder ?? null),
    messages.map(({ lease }) => lease?.untilMs ?? null),
    Buffer.concat(messages.map(({ payload }) => payload)),
    messages.map(({ tags }) => fromNames(tags)),
    messages.map(({ contentType }) => contentType),
    messages.map(({ payloadExpiresAtMs }) => payloadExpiresAtMs),
    messages.map(({ recipients }) => fromRecipients(recipients)),
    messages.map(({ idempotencyKey }) => idempotencyKey),
    messages.map((message) => labelsText(labelsOf(message))),
    messages.map(({ applicationKind }) => applicationKind),
    messages.map(({ deliverAtMs }) => deliverAtMs),
  ];
}
