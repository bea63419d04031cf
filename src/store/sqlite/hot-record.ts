import type { DatabaseSync } from "node:sqlite";
import { LINE_OVERDUE_MS } from "../line.ts";
import { OVERDUE_MS, type AttemptRecord } from "../store.ts";
import { prepareNoteHealth } from "./hot-health.ts";
import { prepareInsertAttempt } from "./insert-attempt.ts";

// A success counts even when it comes after its lease ran out; nothing un-ends a delivery.
const ADVANCE_DELIVERY = `
  update delivery set attempts_made = max(attempts_made, ?1), state = ?2, next_attempt_at_ms = ?3,
    sweep_at_ms = ?3 + iif(place is null, ${OVERDUE_MS}, ${LINE_OVERDUE_MS}),
    lease_holder = null, lease_until_ms = 0
  where message_id = ?4 and endpoint_id = ?5 and state = 'pending'
    and (attempts_made < ?1 or ?2 = 'succeeded')`;

/** Keeps one attempt inside the turn's transaction. */
export function prepareRecord(db: DatabaseSync): (record: AttemptRecord) => void {
  const insertAttempt = prepareInsertAttempt(db);
  const advanceDelivery = db.prepare(ADVANCE_DELIVERY);
  const noteHealth = prepareNoteHealth(db);

  return ({ attempt, headers, eventType, labels, state, nextAttemptAtMs }) => {
    const { messageId, endpointId, number } = attempt;
    insertAttempt({ attempt, headers, eventType, labels });
    advanceDelivery.run(number, state, nextAttemptAtMs, messageId, endpointId);
    noteHealth(attempt, state === "endpoint_gone");
  };
}
