import type { ApplicationKind } from "../domain/records.ts";

export type NewMessage = {
  readonly id: string;
  readonly organizationId: string;
  /** Id or uid. */
  readonly application: string;
  /** One of another kind is unknown. */
  readonly applicationKind: ApplicationKind;
  readonly eventType: string;
  readonly eventId: string | null;
  readonly channels: readonly string[] | null;
  readonly tags: readonly string[] | null;
  readonly payload: Uint8Array;
  /** The payload's; null is JSON's. */
  readonly contentType: string | null;
  /** Unix, when it is to be sent; null: at once. */
  readonly deliverAtMs: number | null;
  /** null keeps the payload for ever. */
  readonly payloadExpiresAtMs: number | null;
  readonly recipients: Recipients;
  /** Of the call that sent it: a second one within IDEMPOTENT_MS is "repeated". */
  readonly idempotencyKey: string | null;
  readonly acceptedAtMs: number;
  /** Claims the first attempts for this process; null leaves them to a worker. */
  readonly lease: Lease | null;
};

/** One that is named gets it whatever it is subscribed to. */
export type Recipients = "subscribed" | "nobody" | { readonly endpointId: string };

export type Lease = {
  /** The process that makes the attempt. */
  readonly holder: string;
  readonly nowMs: number;
  readonly untilMs: number;
};
