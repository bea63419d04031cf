import type { UnansweredReason } from "../domain/attempt.ts";
import type { DeliveryState } from "../domain/delivery.ts";

/** A message as it fares at an endpoint, for people who look for what they have missed. */
export type ExportedDelivery = {
  readonly messageId: string;
  readonly eventId: string | null;
  readonly eventType: string;
  /** null where the message was never to be delivered there. */
  readonly delivery: {
    readonly state: DeliveryState;
    readonly attemptsMade: number;
    readonly nextAttemptAtMs: number | null;
  } | null;
  /** The last one, by whomever it was asked for; null if there was none. */
  readonly attempt: {
    readonly url: string;
    readonly endedAtMs: number;
    /** 0 where there was no answer. */
    readonly statusCode: number;
    readonly reason: UnansweredReason | null;
    /** Why there was no answer, as a sentence; null where there was one. */
    readonly detail: string | null;
  } | null;
};
