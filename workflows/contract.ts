import type { DeliveryKey } from "../src/domain/delivery.ts";
import { TRIGGER_SCHEDULES_MAX } from "../src/domain/trigger-times.ts";
import type { DueDelivery } from "../src/domain/waiting.ts";

/** What those who start workflows and those who run them agree on. Imported by both sides. */

/** The workflow's name in Temporal is the function's in deliver-messages.ts. */
export const DELIVER_MESSAGES = "deliverMessages";

/**
 * From a message's id: so that to start twice is to start once. When a schedule has begun anew it is
 * another id: the workflow that runs does not know of what is due now.
 */
export function deliverMessagesId(firstMessageId: string, round = 0): string {
  return `deliver-${firstMessageId}${round === 0 ? "" : `-${round}`}`;
}

/** Ids only: payloads stay out of Temporal's history. */
export type DeliverMessagesInput = {
  readonly messageIds: readonly string[];
  /** What an earlier run of the same workflow handed on when its history grew long. */
  readonly handedOn?: HandedOn;
};

export type HandedOn = Totals & { readonly due: readonly DueDelivery[] };

/** Deliveries that have ended. */
export type Totals = { readonly succeeded: number; readonly failed: number };

/** Keyword lists, so that `PosthornMessage = "msg_…"` finds the workflow that carries a message. */
export const MESSAGE_ATTRIBUTE = "PosthornMessage";
export const APPLICATION_ATTRIBUTE = "PosthornApp";

/** The workflow that makes attempts by hand: one for each signal. */
export const RESEND_MESSAGE = "resendMessage";
export const RESEND_SIGNAL = "resend";

export function resendMessageId({ messageId, endpointId }: DeliveryKey): string {
  return `resend-${messageId}-${endpointId}`;
}

export type ResendMessageInput = DeliveryKey & {
  readonly applicationId: string;
  readonly handedOn?: ResendsHandedOn;
};

export type ResendsHandedOn = { readonly waiting: number; readonly totals: ResendTotals };

/** Of attempts by hand. */
export type ResendTotals = Totals & { readonly refused: number };

/** The workflow that carries a background task. Its id is the task's. */
export const RUN_BACKGROUND_TASK = "runBackgroundTask";

export type RunBackgroundTaskInput = { readonly taskId: string };

/** The workflow that carries what stands in line at an ordered endpoint. */
export const DELIVER_IN_ORDER = "deliverInOrder";
export const LINE_CHANGED_SIGNAL = "lineChanged";

/** From the endpoint's id: so that there is one at a time. */
export function deliverInOrderId(endpointId: string): string {
  return `deliver-in-order-${endpointId}`;
}

export type DeliverInOrderInput = { readonly endpointId: string; readonly totals?: Totals };

/** What a tester's schedule starts each time. */
export const TRIGGER_EXAMPLE = "triggerExample";

/** Of a schedule in Temporal. */
export function triggerScheduleId(applicationId: string, place: string): string {
  return `trigger-${applicationId}-${place}`;
}

/** All that a sandbox may have. */
export const TRIGGER_PLACES = Array.from({ length: TRIGGER_SCHEDULES_MAX }, (_, index) =>
  String(index + 1),
);

export type TriggerExampleInput = {
  readonly organizationId: string;
  readonly applicationId: string;
  readonly eventType: string;
};

/** The workflow that watches an endpoint that fails. The signal has it look how that fares. */
export const WATCH_ENDPOINT = "watchEndpoint";
export const ENDPOINT_CHANGED_SIGNAL = "endpointChanged";

/** From the endpoint's id: so that there is one at a time. */
export function watchEndpointId(endpointId: string): string {
  return `watch-${endpointId}`;
}

export type WatchEndpointInput = { readonly endpointId: string };
