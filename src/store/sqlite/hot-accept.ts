import type { DatabaseSync } from "node:sqlite";
import { firstAttempt, type EndpointColumns } from "../attempt-to-make.ts";
import type { SealedEndpoint } from "../sealed-endpoint.ts";
import { OVERDUE_MS, type AcceptResult, type NewMessage } from "../store.ts";

const FIND_APPLICATION = `
  select id from application
  where organization_id = ?1 and (id = ?2 or uid = ?2) and deleted_at_ms is null`;

const IS_ARCHIVED = `
  select 1 from event_type where organization_id = ? and name = ? and archived = 1`;

const INSERT_MESSAGE = `
  insert into message (id, application_id, event_type, event_id, channels, payload)
  values (?, ?, ?, ?, ?, ?)
  on conflict (application_id, event_id) where event_id is not null do nothing`;

const FIND_SUBSCRIBED = `
  select id, url, headers, secrets from endpoint
  where application_id = ?1 and deleted_at_ms is null and disabled = 0
    and (event_types is null or exists (select 1 from json_each(event_types) where value = ?2))
    and (channels is null or exists (
      select 1 from json_each(channels) wanted join json_each(?3) given using (value)))`;

const INSERT_DELIVERY = `
  insert into delivery (message_id, endpoint_id, application_id, state, attempts_made,
    next_attempt_at_ms, lease_holder, lease_until_ms, sweep_at_ms)
  values (?, ?, ?, 'pending', 0, ?, ?, ?, ?)`;

type Subscribed = EndpointColumns & { id: string };

/** Keeps one message inside the turn's transaction. */
export function prepareAccept(
  db: DatabaseSync,
  sealed: SealedEndpoint,
): (message: NewMessage) => AcceptResult {
  const findApplication = db.prepare(FIND_APPLICATION);
  const isArchived = db.prepare(IS_ARCHIVED);
  const insertMessage = db.prepare(INSERT_MESSAGE);
  const findSubscribed = db.prepare(FIND_SUBSCRIBED);
  const insertDelivery = db.prepare(INSERT_DELIVERY);

  return (message) => {
    const { id, organizationId, application, eventType, eventId, payload } = message;
    const found = findApplication.get(organizationId, application) as { id: string } | undefined;
    if (found === undefined) return { kind: "unknown_application" };
    if (isArchived.get(organizationId, eventType)) return { kind: "event_type_archived" };

    const channels = message.channels === null ? null : JSON.stringify(message.channels);
    const { changes } = insertMessage.run(id, found.id, eventType, eventId, channels, payload);
    if (changes === 0) return { kind: "event_id_taken" };

    const subscribed = findSubscribed.all(found.id, eventType, channels) as Subscribed[];
    const { acceptedAtMs, lease } = message;
    for (const endpoint of subscribed) {
      insertDelivery.run(
        id,
        endpoint.id,
        found.id,
        acceptedAtMs,
        lease?.holder ?? null,
        lease?.untilMs ?? 0,
        acceptedAtMs + OVERDUE_MS,
      );
    }
    const attempts = subscribed.map((endpoint) =>
      firstAttempt(message, found.id, endpoint.id, endpoint, sealed),
    );
    return { kind: "accepted", applicationId: found.id, attempts };
  };
}
