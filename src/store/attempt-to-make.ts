import { labelsOf } from "./labels.ts";
import { toNames, toSchedule } from "./rows.ts";
import type { SealedEndpoint } from "./sealed-endpoint.ts";
import type { AttemptToMake, Claim, Lease, NewMessage } from "./store.ts";

/** What both databases read of an endpoint in a message's path. */
export type EndpointColumns = {
  readonly url: string;
  readonly headers: string;
  readonly secrets: string;
};

export type ClaimedColumns = EndpointColumns & {
  readonly application_id: string;
  readonly event_type: string;
  readonly channels: string | null;
  readonly tags: string | null;
  readonly content_type: string | null;
  /** Of the event type. */
  readonly retry_schedule: string | null;
};

/** Throws if the endpoint's columns were sealed with a key that we lack. */
export function firstAttempt(
  message: NewMessage,
  applicationId: string,
  endpoint: EndpointColumns & { readonly endpoint_id: string },
  retrySchedule: string | null,
  sealed: SealedEndpoint,
): AttemptToMake {
  return {
    messageId: message.id,
    endpointId: endpoint.endpoint_id,
    attemptNumber: 1,
    applicationId,
    eventType: message.eventType,
    payload: message.payload,
    contentType: message.contentType,
    retrySchedule: toSchedule(retrySchedule),
    labels: labelsOf(message),
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
    retrySchedule: toSchedule(row.retry_schedule),
    labels: labelsOf({ channels: toNames(row.channels), tags: toNames(row.tags) }),
    ...opened(row, nowMs, sealed),
  };
}

function opened({ url, headers, secrets }: EndpointColumns, nowMs: number, sealed: SealedEndpoint) {
  return {
    url,
    headers: sealed.openHeaders(headers),
    secrets: sealed.signingSecrets(secrets, nowMs),
  };
}
