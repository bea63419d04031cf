import type { DatabaseSync } from "node:sqlite";
import { OVERDUE_MS, type AttemptRecord } from "../store.ts";
import { prepareInsertAttempt } from "./insert-attempt.ts";

// A success counts even when it comes after its lease ran out; nothing un-ends a delivery.
const ADVANCE_DELIVERY = `
  update delivery set attempts_made = max(attempts_made, ?1), state = ?2, next_attempt_at_ms = ?3,
    sweep_at_ms = ?4, lease_holder = null, lease_until_ms = 0
  where message_id = ?5 and endpoint_id = ?6 and state = 'pending'
    and (attempts_made < ?1 or ?2 = 'succeeded')`;

export const DISABLE_ENDPOINT = `
  update endpoint set disabled = 1, updated_at_ms = max(?, updated_at_ms + 1)
  where id = ? and disabled = 0`;

/** Keeps one attempt inside the turn's transaction. */
export function prepareRecord(db: DatabaseSync): (record: AttemptRecord) => void {
  const insertAttempt = prepareInsertAttempt(db);
  const advanceDelivery = db.prepare(ADVANCE_DELIVERY);
  const disableEndpoint = db.prepare(DISABLE_ENDPOINT);

  return ({ attempt, headers, eventType, labels, state, nextAttemptAtMs }) => {
    const { messageId, endpointId, number } = attempt;
    insertAttempt({ attempt, headers, eventType, labels });
    const sweepAtMs = nextAttemptAtMs === null ? null : nextAttemptAtMs + OVERDUE_MS;
    advanceDelivery.run(number, state, nextAttemptAtMs, sweepAtMs, messageId, endpointId);
    if (state === "endpoint_gone") disableEndpoint.run(attempt.endedAtMs, endpointId);
  };
}
