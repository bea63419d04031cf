import type { AttemptTrigger, UnansweredReason } from "./attempt.ts";
import type { DeliveryKey, DeliveryState } from "./delivery.ts";
import type { EndpointHealth } from "./endpoint-health.ts";
import type { RetrySchedule } from "./retry-schedule.ts";

/** The nouns as they are kept. Times are Unix milliseconds. Uids are the producer's own ids. */

export type Metadata = Readonly<Record<string, string>>;

/**
 * A customer of the organization; or, one for each customer, where the same customer tries things out;
 * or, one for each organization, the organization itself.
 */
export type ApplicationKind = "customer" | "sandbox" | "operational";

export type Application = {
  readonly id: string;
  readonly organizationId: string;
  readonly uid: string | null;
  readonly name: string;
  /** Messages a second; null is unlimited. */
  readonly throttleRate: number | null;
  readonly metadata: Metadata;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
};

export type Endpoint = {
  readonly id: string;
  readonly applicationId: string;
  readonly uid: string | null;
  readonly url: string;
  readonly description: string;
  readonly disabled: boolean;
  /** null subscribes to every event type. */
  readonly eventTypes: readonly string[] | null;
  /** null receives messages of every channel, and of none. */
  readonly channels: readonly string[] | null;
  readonly throttleRate: number | null;
  /** One message at a time, the next when it has ended. */
  readonly ordered: boolean;
  readonly version: number;
  readonly metadata: Metadata;
  readonly health: EndpointHealth;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
};

/** Headers that an endpoint's owner adds to each attempt, names in their own spelling. */
export type EndpointHeaders = Readonly<Record<string, string>>;

/** A signing secret in its text form (whsec_… or whsk_…). */
export type EndpointSecret = {
  readonly key: string;
  readonly createdAtMs: number;
  /** null while it is the current one; a rotated one signs until this time. */
  readonly expiresAtMs: number | null;
};

export type EventType = {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly description: string;
  readonly archived: boolean;
  readonly deprecated: boolean;
  readonly schemas: Readonly<Record<string, unknown>> | null;
  /** Only tokens that have one of them see it; null: all do. */
  readonly featureFlags: readonly string[] | null;
  readonly groupName: string | null;
  /** null is the installation's. */
  readonly retrySchedule: RetrySchedule | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
};

export type Message = {
  readonly id: string;
  readonly applicationId: string;
  readonly eventType: string;
  readonly eventId: string | null;
  readonly channels: readonly string[] | null;
  readonly tags: readonly string[] | null;
  /** When it is to be sent; null: it was at once. */
  readonly deliverAtMs: number | null;
  /** The payload's bytes exactly as received; null when expunged, or not asked for. */
  readonly payload: Uint8Array | null;
};

export type Attempt = DeliveryKey & {
  readonly id: string;
  readonly applicationId: string;
  /** From 1; the first is made at once. 0 by hand: it is none of the schedule's. */
  readonly number: number;
  readonly trigger: AttemptTrigger;
  readonly url: string;
  readonly succeeded: boolean;
  /** 0 where there was no answer. */
  readonly statusCode: number;
  /** null where there was an answer. */
  readonly reason: UnansweredReason | null;
  /** The answer's body, or the sentence that says why there was none. */
  readonly response: string;
  readonly durationMs: number;
  readonly endedAtMs: number;
};

/** The headers of one attempt. */
export type AttemptHeaders = {
  /** null where the value is withheld. */
  readonly sent: Readonly<Record<string, string | null>>;
  /** Names and values as they came. */
  readonly received: readonly (readonly [string, string])[];
};

export type Delivery = DeliveryKey & {
  readonly state: DeliveryState;
  readonly attemptsMade: number;
  /** null when no further attempt is due. */
  readonly nextAttemptAtMs: number | null;
  /** The Temporal workflow that carries it, or carried it last; null while none was started. */
  readonly workflowId: string | null;
};
