import { isSuccess, type AttemptOutcome } from "./attempt.ts";
import type { RetrySchedule } from "./retry-schedule.ts";

/** A delivery is one message for one endpoint. */
export type DeliveryKey = { readonly messageId: string; readonly endpointId: string };

/** Why a delivery has no further attempt. Only the first is a success. */
export type DeliveryEnd =
  | "succeeded"
  | "exhausted"
  | "endpoint_gone"
  | "endpoint_disabled"
  | "endpoint_deleted"
  /** The message's payload was expunged: there is nothing left to send. */
  | "expunged"
  /** Somebody asked that it be attempted no more. */
  | "canceled";

export type DeliveryState = "pending" | DeliveryEnd;

export type NextStep =
  | { readonly kind: "end"; readonly end: DeliveryEnd }
  | { readonly kind: "wait"; readonly delayMs: number };

const GONE = 410;
/** A receiver may ask for patience, but not park its deliveries for a year. */
const RETRY_AFTER_STRETCH_MAX = 2;

/**
 * What follows attempt number `attemptNumber` of a schedule (from 1): 2xx ends the delivery, 410 asks us never to
 * come back, anything else waits for the schedule's next wait, counted from the attempt's end.
 * Retry-After stretches that wait, to twice its length at most.
 */
export function nextStep(
  outcome: AttemptOutcome,
  attemptNumber: number,
  schedule: RetrySchedule,
): NextStep {
  if (isSuccess(outcome)) return { kind: "end", end: "succeeded" };
  if (outcome.kind === "answered" && outcome.status === GONE) {
    return { kind: "end", end: "endpoint_gone" };
  }
  const scheduledMs = schedule[attemptNumber - 1];
  if (scheduledMs === undefined) return { kind: "end", end: "exhausted" };

  const askedMs = outcome.kind === "answered" ? (outcome.retryAfterMs ?? 0) : 0;
  const longestMs = scheduledMs * RETRY_AFTER_STRETCH_MAX;
  return { kind: "wait", delayMs: Math.min(Math.max(scheduledMs, askedMs), longestMs) };
}

/**
 * Spreads a wait by ±`jitter` (0 to 1) of its length; `random` is from 0 to 1. With no jitter, the
 * default, waits are exactly the schedule's.
 */
export function withJitter(delayMs: number, jitter: number, random: number): number {
  return Math.round(delayMs * (1 + jitter * (2 * random - 1)));
}
