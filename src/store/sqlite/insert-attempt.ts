import type { DatabaseSync } from "node:sqlite";
import type { AttemptRecord } from "../store.ts";

const INSERT_ATTEMPT = `
  insert into attempt (id, message_id, endpoint_id, application_id, event_type, number, trigger,
    url, succeeded, status_code, reason, response, duration_ms, ended_at_ms,
    sent_headers, response_headers)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const INSERT_LABEL = `
  insert into attempt_label (endpoint_id, label, attempt_id, message_id) values (?, ?, ?, ?)`;

type Kept = Pick<AttemptRecord, "attempt" | "headers" | "eventType" | "labels">;

/** Inserts an attempt inside the turn's transaction. */
export function prepareInsertAttempt(db: DatabaseSync): (kept: Kept) => void {
  const insert = db.prepare(INSERT_ATTEMPT);
  const insertLabel = db.prepare(INSERT_LABEL);
  return ({ attempt, headers, eventType, labels }) => {
    insert.run(
      attempt.id,
      attempt.messageId,
      attempt.endpointId,
      attempt.applicationId,
      eventType,
      attempt.number,
      attempt.trigger,
      attempt.url,
      attempt.succeeded ? 1 : 0,
      attempt.statusCode,
      attempt.reason,
      attempt.response,
      attempt.durationMs,
      attempt.endedAtMs,
      JSON.stringify(headers.sent),
      JSON.stringify(headers.received),
    );
    for (const label of labels) {
      insertLabel.run(attempt.endpointId, label, attempt.id, attempt.messageId);
    }
  };
}
