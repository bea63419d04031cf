import type { DueDelivery } from "../src/domain/waiting.ts";

/** What those who start workflows and those who run them agree on. Imported by both sides. */

/** The workflow's name in Temporal is the function's in deliver-messages.ts. */
export const DELIVER_MESSAGES = "deliverMessages";

/** From a message's id: so that to start twice is to start once. */
export function deliverMessagesId(firstMessageId: string): string {
  return `deliver-${firstMessageId}`;
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
