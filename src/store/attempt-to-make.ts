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
};

/** Throws if the endpoint's columns were sealed with a key that we lack. */
export function firstAttempt(
  message: NewMessage,
  applicationId: string,
  endpointId: string,
  endpoint: EndpointColumns,
  sealed: SealedEndpoint,
): AttemptToMake {
  return {
    messageId: message.id,
    endpointId,
    attemptNumber: 1,
    applicationId,
    eventType: message.eventType,
    payload: message.payload,
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
