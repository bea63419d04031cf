import type { UnansweredReason, AttemptTrigger } from "../domain/attempt.ts";
import type { DeliveryState } from "../domain/delivery.ts";
import type {
  Application,
  Attempt,
  Delivery,
  EventType,
  Message,
  Metadata,
} from "../domain/records.ts";
import type { RetrySchedule } from "../domain/retry-schedule.ts";
import type { Recipients } from "./store.ts";
import type {
  ApplicationRow,
  AttemptRow,
  DeliveryRow,
  EventTypeRow,
  MessageRow,
} from "./tables.ts";

export function toApplication(row: ApplicationRow): Application {
  return {
    id: row.id,
    organizationId: row.organization_id,
    uid: row.uid,
    name: row.name,
    throttleRate: row.throttle_rate,
    metadata: JSON.parse(row.metadata) as Metadata,
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
  };
}

export function fromApplication(application: Application) {
  return {
    id: application.id,
    organization_id: application.organizationId,
    uid: application.uid,
    name: application.name,
    throttle_rate: application.throttleRate,
    metadata: JSON.stringify(application.metadata),
    created_at_ms: application.createdAtMs,
    updated_at_ms: application.updatedAtMs,
  };
}

export function toEventType(row: EventTypeRow): EventType {
  return {
    id: row.id,
    organizationId: row.organization_id,
    name: row.name,
    description: row.description,
    archived: Boolean(row.archived),
    deprecated: Boolean(row.deprecated),
    schemas: row.schemas === null ? null : (JSON.parse(row.schemas) as Record<string, unknown>),
    featureFlags: toNames(row.feature_flags),
    groupName: row.group_name,
    retrySchedule: toSchedule(row.retry_schedule),
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
  };
}

export function fromEventType(eventType: EventType) {
  return {
    id: eventType.id,
    organization_id: eventType.organizationId,
    name: eventType.name,
    description: eventType.description,
    archived: eventType.archived,
    deprecated: eventType.deprecated,
    schemas: eventType.schemas === null ? null : JSON.stringify(eventType.schemas),
    feature_flags: fromNames(eventType.featureFlags),
    group_name: eventType.groupName,
    retry_schedule:
      eventType.retrySchedule === null ? null : JSON.stringify(eventType.retrySchedule),
    created_at_ms: eventType.createdAtMs,
    updated_at_ms: eventType.updatedAtMs,
  };
}

/** Rows that were read without their payload have none. */
export function toMessage(row: Omit<MessageRow, "payload"> & Partial<MessageRow>): Message {
  return {
    id: row.id,
    applicationId: row.application_id,
    eventType: row.event_type,
    eventId: row.event_id,
    channels: toNames(row.channels),
    tags: toNames(row.tags),
    deliverAtMs: row.deliver_at_ms,
    payload: row.payload ?? null,
  };
}

export function toDelivery(
  row: Pick<
    DeliveryRow,
    "message_id" | "endpoint_id" | "state" | "attempts_made" | "next_attempt_at_ms" | "workflow_id"
  >,
): Delivery {
  return {
    messageId: row.message_id,
    endpointId: row.endpoint_id,
    state: row.state as DeliveryState,
    attemptsMade: row.attempts_made,
    nextAttemptAtMs: row.next_attempt_at_ms,
    workflowId: row.workflow_id,
  };
}

/** Rows that were read without the answer's body have an empty one. */
export function toAttempt(row: Omit<AttemptRow, "response"> & Partial<AttemptRow>): Attempt {
  return {
    id: row.id,
    messageId: row.message_id,
    endpointId: row.endpoint_id,
    applicationId: row.application_id,
    number: row.number,
    trigger: row.trigger as AttemptTrigger,
    url: row.url,
    succeeded: Boolean(row.succeeded),
    statusCode: row.status_code,
    reason: row.reason as UnansweredReason | null,
    response: row.response ?? "",
    durationMs: row.duration_ms,
    endedAtMs: row.ended_at_ms,
  };
}

/** A list of names as its column keeps it; null says "all" and stays null. */
export function fromNames(names: readonly string[] | null): string | null {
  return names === null ? null : JSON.stringify(names);
}

/** As a message's row keeps them. */
export function fromRecipients(recipients: Recipients): string | null {
  if (recipients === "subscribed") return null;
  return recipients === "nobody" ? "nobody" : recipients.endpointId;
}

/** Waits in milliseconds, as their column keeps them. */
export function toSchedule(text: string | null): RetrySchedule | null {
  return text === null ? null : (JSON.parse(text) as RetrySchedule);
}

export function toNames(text: string | null): readonly string[] | null {
  return text === null ? null : (JSON.parse(text) as readonly string[]);
}
