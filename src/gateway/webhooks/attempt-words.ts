import type { UnansweredReason } from "../../domain/attempt.ts";
import type { DeliveryState } from "../../domain/delivery.ts";

type Made = {
  /** 0 where there was no answer. */
  readonly statusCode: number;
  readonly reason: UnansweredReason | null;
  /** Why there was no answer, as a sentence. */
  readonly detail: string | null;
};

const HINTS: Readonly<Record<number, string>> = {
  400: "it did not like the request",
  401: "it refused the request. Compare the secret, and sign the body's raw bytes",
  403: "it refused the request. Compare the secret, and sign the body's raw bytes",
  404: "there is nothing at this path",
  405: "it takes no POST at this path",
  410: "that asks us never to come back, so the webhook was disabled",
  413: "the body is too large for it",
  415: "it does not take application/json",
  429: "it has had too many requests",
};

const HUNDREDS: Readonly<Record<number, string>> = {
  3: "redirects are not followed. Give the webhook the URL that it leads to",
  5: "something failed on its side, and its log says more",
};

/** Why an attempt has failed, for somebody who looks after the receiver; null: it has not. */
export function errorOf({ statusCode, reason, detail }: Made): string | null {
  if (reason !== null) return detail === null || detail === "" ? `No answer: ${reason}` : detail;
  const hundred = Math.floor(statusCode / 100);
  if (hundred === 2) return null;
  const hint = HINTS[statusCode] ?? HUNDREDS[hundred] ?? "only 2xx says that it has arrived";
  return `Your server answered ${statusCode}: ${hint}`;
}

/** Of what the schedule never had: a test, or a replay of what the webhook did not have before. */
const FAILED_ONCE = "Somebody had it sent once, and that failed";

const ENDS: Readonly<Record<DeliveryState, string | null>> = {
  pending: null,
  succeeded: null,
  exhausted: "All attempts have failed",
  endpoint_gone: "Your server answered 410, which asks us never to come back",
  endpoint_disabled: "The webhook was disabled",
  endpoint_deleted: "The webhook was deleted",
  expunged: "What was to be sent has been deleted",
  canceled: "Somebody has canceled it",
};

type Ended = {
  readonly state: DeliveryState;
  /** Without those that somebody asked for. */
  readonly attemptsMade: number;
};

/** Why nothing follows for a delivery that has not succeeded; null: it goes on, or it has. */
export function endOf({ state, attemptsMade }: Ended): string | null {
  if (state === "exhausted" && attemptsMade === 0) return FAILED_ONCE;
  return ENDS[state];
}
