import type { ApplicationKind } from "../domain/records.ts";
import { throttleOf } from "../domain/throttle.ts";
import { labelsOf } from "./labels.ts";
import { toNames, toSchedule } from "./rows.ts";
import type { SealedEndpoint } from "./sealed-endpoint.ts";
import type { AttemptToMake, Claim, Lease, NewMessage } from "./store.ts";

const SANDBOX: ApplicationKind = "sandbox";

/** What both databases read of an endpoint in a message's path. */
export type EndpointColumns = {
  readonly url: string;
  readonly headers: string;
  readonly secrets: string;
  /** Sealed; null is none. */
  readonly request_format: string | null;
  /** Its own; null is the event type's. */
  readonly endpoint_schedule: string | null;
};

export type ClaimedColumns = EndpointColumns & {
  readonly application_id: string;
  readonly event_type: string;
  readonly channels: string | null;
  readonly tags: string | null;
  readonly content_type: string | null;
  /** Of the event type. */
  readonly retry_schedule: string | null;
  readonly schedule_from: number;
  readonly application_kind: string;
  readonly ordered: boolean | number;
};

export type ApplicationColumns = { readonly id: string; readonly throttle_rate: number | null };

export type SubscribedColumns = EndpointColumns & {
  readonly ordered: boolean | number;
  readonly endpoint_id: string;
  readonly throttle_rate: number | null;
};

/** What an attempt by the schedule is held to besides. */
export type ThrottledColumns = {
  readonly throttle_rate: number | null;
  readonly application_throttle_rate: number | null;
  readonly slot_at_ms: number | null;
};

/** Throws if the endpoint's columns were sealed with a key that we lack. */
export function firstAttempt(
  message: NewMessage,
  application: ApplicationColumns,
  endpoint: SubscribedColumns,
  retrySchedule: string | null,
  sealed: SealedEndpoint,
): AttemptToMake {
  return {
    messageId: message.id,
    endpointId: endpoint.endpoint_id,
    attemptNumber: 1,
    applicationId: application.id,
    eventType: message.eventType,
    payload: message.payload,
    contentType: message.contentType,
    retrySchedule: toSchedule(endpoint.endpoint_schedule ?? retrySchedule),
    scheduleFrom: 0,
    throttle: throttleOf(
      { endpoint: endpoint.throttle_rate, application: application.throttle_rate },
      null,
    ),
    labels: labelsOf(message),
    isTest: message.applicationKind === SANDBOX,
    ...opened(endpoint, message.acceptedAtMs, sealed),
  };
}

/** Throws as above. */
export function claimedAttempt(
  { messageId, endpointId, attemptNumber }: Claim,
  { nowMs }: Lease,
  row: ClaimedColumns,
  payload: Uint8Array,
  sealed: SealedEndpoint,
): AttemptToMake {
  return {
    messageId,
    endpointId,
    attemptNumber,
    applicationId: row.application_id,
    eventType: row.event_type,
    payload,
    contentType: row.content_type,
    retrySchedule: toSchedule(row.endpoint_schedule ?? row.retry_schedule),
    scheduleFrom: row.schedule_from,
    throttle: null,
    ...(row.ordered ? { inLine: true } : {}),
    labels: labelsOf({ channels: toNames(row.channels), tags: toNames(row.tags) }),
    isTest: row.application_kind === SANDBOX,
    ...opened(row, nowMs, sealed),
  };
}

/** The same, held to what holds for attempts by the schedule. */
export function throttled(attempt: AttemptToMake, row: ThrottledColumns): AttemptToMake {
  const rates = { endpoint: row.throttle_rate, application: row.application_throttle_rate };
  return { ...attempt, throttle: throttleOf(rates, row.slot_at_ms) };
}

function opened(endpoint: EndpointColumns, nowMs: number, sealed: SealedEndpoint) {
  const { request_format: format } = endpoint;
  return {
    url: endpoint.url,
    headers: sealed.openHeaders(endpoint.headers),
    secrets: sealed.signingSecrets(endpoint.secrets, nowMs),
    requestFormat: format === null ? null : sealed.openFormat(format),
  };
}
