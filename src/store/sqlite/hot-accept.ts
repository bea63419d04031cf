import type { DatabaseSync } from "node:sqlite";
import {
  firstAttempt,
  type ApplicationColumns,
  type SubscribedColumns,
} from "../attempt-to-make.ts";
import { labelsOf } from "../labels.ts";
import { fromNames, fromRecipients } from "../rows.ts";
import type { SealedEndpoint } from "../sealed-endpoint.ts";
import { IDEMPOTENT_MS, OVERDUE_MS, type AcceptResult, type NewMessage } from "../store.ts";
import { LINE_OVERDUE_MS } from "../line.ts";
import type { Places } from "./hot-line.ts";

const FIND_APPLICATION = `
  select id, throttle_rate from application
  where organization_id = ?1 and (id = ?2 or uid = ?2) and deleted_at_ms is null
    and kind = ?3`;

const FIND_EVENT_TYPE = `
  select archived, retry_schedule from event_type where organization_id = ? and name = ?`;

const BEGIN_CALL = `
  insert into idempotent_call (key, begun_at_ms, status, message_id)
  values (?1, ?2, 202, ?3)
  on conflict (key) do update set begun_at_ms = ?2, status = 202, body = null, message_id = ?3
  where begun_at_ms <= ?2 - ${IDEMPOTENT_MS}`;

const INSERT_MESSAGE = `
  insert into message (id, application_id, event_type, event_id, channels, tags, payload,
    content_type, payload_expires_at_ms, recipients, deliver_at_ms)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  on conflict (application_id, event_id) where event_id is not null do nothing`;

const FIND_NAMED = `
  select id as endpoint_id, url, headers, secrets, request_format, throttle_rate,
    retry_schedule as endpoint_schedule, ordered
  from endpoint
  where application_id = ? and id = ? and deleted_at_ms is null and disabled = 0`;

const FIND_SUBSCRIBED = `
  select id as endpoint_id, url, headers, secrets, request_format, throttle_rate,
    retry_schedule as endpoint_schedule, ordered
  from endpoint
  where application_id = ?1 and deleted_at_ms is null and disabled = 0
    and (event_types is null or exists (select 1 from json_each(event_types) where value = ?2))
    and (channels is null or exists (
      select 1 from json_each(channels) wanted join json_each(?3) given using (value)))`;

const INSERT_DELIVERY = `
  insert into delivery (message_id, endpoint_id, application_id, event_type, state, attempts_made,
    next_attempt_at_ms, lease_holder, lease_until_ms, sweep_at_ms, place)
  values (?, ?, ?, ?, 'pending', 0, ?, ?, ?, ?, ?)`;

const LABEL_MESSAGE = `
  insert into message_label (application_id, label, message_id) values (?, ?, ?)`;

const LABEL_DELIVERY = `
  insert into delivery_label (endpoint_id, label, message_id) values (?, ?, ?)`;

type EventTypeColumns = { readonly archived: number; readonly retry_schedule: string | null };

/** Keeps one message inside the turn's transaction. */
export function prepareAccept(
  db: DatabaseSync,
  sealed: SealedEndpoint,
  places: Places,
): (message: NewMessage) => AcceptResult {
  const findApplication = db.prepare(FIND_APPLICATION);
  const findEventType = db.prepare(FIND_EVENT_TYPE);
  const beginCall = db.prepare(BEGIN_CALL);
  const insertMessage = prepareInsertMessage(db);
  const findRecipients = prepareFindRecipients(db);
  const insertDelivery = prepareInsertDelivery(db, places);
  const insertLabels = prepareInsertLabels(db);

  return (message) => {
    const { id, organizationId, application, applicationKind, acceptedAtMs } = message;
    const { idempotencyKey: key } = message;
    const found = findApplication.get(organizationId, application, applicationKind) as
      ApplicationColumns | undefined;
    if (found === undefined) return { kind: "unknown_application" };
    const eventType = findEventType.get(organizationId, message.eventType) as
      EventTypeColumns | undefined;
    if (eventType?.archived) return { kind: "event_type_archived" };

    if (key !== null && beginCall.run(key, acceptedAtMs, id).changes === 0) {
      return { kind: "repeated" };
    }
    if (!insertMessage(message, found.id)) return { kind: "event_id_taken" };
    const recipients = findRecipients(message, found.id);
    const ordered = recipients.filter((endpoint) => endpoint.ordered);
    const inLine = ordered.map(({ endpoint_id: endpointId }) => ({
      endpointId,
      isHeld: places.isHeld(endpointId, acceptedAtMs),
    }));
    for (const endpoint of recipients) insertDelivery(message, found.id, endpoint);
    insertLabels(message, found.id, recipients);
    const schedule = eventType?.retry_schedule ?? null;
    const attempts = recipients
      .filter((endpoint) => !endpoint.ordered)
      .map((endpoint) => firstAttempt(message, found, endpoint, schedule, sealed));
    return { kind: "accepted", applicationId: found.id, attempts, inLine };
  };
}

/** false if another message has its event id. */
function prepareInsertMessage(db: DatabaseSync) {
  const insert = db.prepare(INSERT_MESSAGE);
  return (message: NewMessage, applicationId: string): boolean => {
    const { changes } = insert.run(
      message.id,
      applicationId,
      message.eventType,
      message.eventId,
      fromNames(message.channels),
      fromNames(message.tags),
      message.payload,
      message.contentType,
      message.payloadExpiresAtMs,
      fromRecipients(message.recipients),
      message.deliverAtMs,
    );
    return changes !== 0;
  };
}

function prepareFindRecipients(db: DatabaseSync) {
  const findNamed = db.prepare(FIND_NAMED);
  const findSubscribed = db.prepare(FIND_SUBSCRIBED);
  return (message: NewMessage, applicationId: string): readonly SubscribedColumns[] => {
    const { recipients, eventType, channels } = message;
    if (recipients === "nobody") return [];
    const rows =
      recipients === "subscribed"
        ? findSubscribed.all(applicationId, eventType, fromNames(channels))
        : findNamed.all(applicationId, recipients.endpointId);
    return rows as SubscribedColumns[];
  };
}

function prepareInsertDelivery(db: DatabaseSync, places: Places) {
  const insert = db.prepare(INSERT_DELIVERY);
  return (message: NewMessage, applicationId: string, endpoint: SubscribedColumns): void => {
    const { id, acceptedAtMs, deliverAtMs } = message;
    const { endpoint_id, ordered } = endpoint;
    const dueAtMs = deliverAtMs ?? acceptedAtMs;
    // Whoever carries the line claims it when it is first there.
    const lease = ordered ? null : message.lease;
    insert.run(
      id,
      endpoint_id,
      applicationId,
      message.eventType,
      dueAtMs,
      lease?.holder ?? null,
      lease?.untilMs ?? 0,
      dueAtMs + (ordered ? LINE_OVERDUE_MS : OVERDUE_MS),
      ordered ? places.next(deliverAtMs) : null,
    );
  };
}

/** Without channels and tags, as most are, there is nothing to insert. */
function prepareInsertLabels(db: DatabaseSync) {
  const labelMessage = db.prepare(LABEL_MESSAGE);
  const labelDelivery = db.prepare(LABEL_DELIVERY);
  return (
    message: NewMessage,
    applicationId: string,
    recipients: readonly SubscribedColumns[],
  ): void => {
    for (const label of labelsOf(message)) {
      labelMessage.run(applicationId, label, message.id);
      for (const { endpoint_id } of recipients) labelDelivery.run(endpoint_id, label, message.id);
    }
  };
}
