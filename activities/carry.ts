import type { Carry } from "../src/delivery/carry.ts";
import type { CarryReport } from "../src/delivery/report.ts";
import type { DueAttempt } from "../src/domain/waiting.ts";
import { withHeartbeats } from "./heartbeats.ts";

export type CarryActivityDeps = {
  readonly carry: Carry;
  /** The longest that an attempt may take. */
  readonly requestTimeoutMs: number;
};

/** How long to wait for receivers: briefly, with many in one group, or until they have answered. */
export type PatienceName = "prompt" | "patient";

const PROMPT_MS = 1_000;
/** On top of the request's own limit: a turn, the claim, the record. */
const PATIENT_EXTRA_MS = 5_000;

/** Sees to all deliveries of these messages that are due; adopts the attempts begun already. */
export function createCarryMessages({ carry }: CarryActivityDeps) {
  return (messageIds: readonly string[]): Promise<CarryReport> =>
    withHeartbeats(() => carry.messages(messageIds, PROMPT_MS));
}

/** Makes these attempts. */
export function createCarryAttempts({ carry, requestTimeoutMs }: CarryActivityDeps) {
  return (due: readonly DueAttempt[], patience: PatienceName): Promise<CarryReport> => {
    const patienceMs = patience === "prompt" ? PROMPT_MS : requestTimeoutMs + PATIENT_EXTRA_MS;
    return withHeartbeats(() => carry.attempts(due, patienceMs));
  };
}
