import type { DatabaseSync } from "node:sqlite";
import { OVERDUE_MS, type CarriedMessage, type HotStore, type PendingDelivery } from "../store.ts";

const PENDING = `
  select message_id as messageId, endpoint_id as endpointId, application_id as applicationId,
    attempts_made + 1 as attemptNumber, next_attempt_at_ms as nextAttemptAtMs
  from delivery
  where message_id in (select value from json_each(?)) and state = 'pending'
    and (place is null or not exists (
      select 1 from endpoint where id = endpoint_id and ordered and deleted_at_ms is null))`;

const OVERDUE = `
  select distinct id, applicationId, (
    select count(*) from delivery where message_id = id and state = 'pending'
  ) as deliveries, (
    select sum(reopened_at_ms) from delivery where message_id = id
  ) as round
  from (
    select message_id as id, application_id as applicationId from delivery
    where sweep_at_ms <= ?1 and lease_until_ms <= ?1
    order by sweep_at_ms limit ?2)`;

// With those of its deliveries that would be overdue before it may be offered again.
const TAKE = `
  update delivery set sweep_at_ms = ?1
  where message_id in (select value from json_each(?2)) and sweep_at_ms < ?1`;

const NOTE_WORKFLOW = `
  update delivery set workflow_id = ? where message_id in (select value from json_each(?))`;

type SweepStatements = Pick<HotStore, "pendingDeliveries"> & {
  takeOverdue(nowMs: number, deliveriesMax: number): readonly CarriedMessage[];
  noteWorkflow(messageIds: readonly string[], workflowId: string): void;
};

export function prepareSweep(db: DatabaseSync): SweepStatements {
  const pending = db.prepare(PENDING);
  const overdue = db.prepare(OVERDUE);
  const take = db.prepare(TAKE);
  const note = db.prepare(NOTE_WORKFLOW);

  return {
    pendingDeliveries: async (messageIds) =>
      pending.all(JSON.stringify(messageIds)) as PendingDelivery[],

    takeOverdue(nowMs, deliveriesMax) {
      const messages = overdue.all(nowMs, deliveriesMax) as CarriedMessage[];
      take.run(nowMs + OVERDUE_MS, JSON.stringify(messages.map(({ id }) => id)));
      return messages;
    },

    noteWorkflow(messageIds, workflowId) {
      note.run(workflowId, JSON.stringify(messageIds));
    },
  };
}
