import type { DatabaseSync } from "node:sqlite";
import { claimedAttempt, type ClaimedColumns } from "../attempt-to-make.ts";
import type { SealedEndpoint } from "../sealed-endpoint.ts";
import type {
  Lease,
  ManualClaim,
  ManualClaimResult,
  ManualRecord,
  ManualRefusal,
} from "../store.ts";
import { prepareNoteHealth } from "./hot-health.ts";
import { prepareInsertAttempt } from "./insert-attempt.ts";

const FIND = `
  select d.lease_holder, d.lease_until_ms, m.application_id, m.event_type, m.channels, m.tags,
    m.payload, m.content_type, m.payload_expires_at_ms, e.url, e.headers, e.secrets,
    e.request_format, e.disabled, e.deleted_at_ms is not null as deleted, e.retry_schedule as endpoint_schedule,
    a.kind as application_kind, t.retry_schedule, e.ordered, 0 as schedule_from
  from message m
  join endpoint e on e.id = ?2 and e.application_id = m.application_id
  join application a on a.id = m.application_id
  left join delivery d on d.message_id = m.id and d.endpoint_id = e.id
  left join event_type t on t.organization_id = a.organization_id and t.name = m.event_type
  where m.id = ?1 and m.application_id = ?3`;

const FIND_ATTEMPTED = `
  select max(succeeded) as succeeded from attempt
  where message_id = ? and endpoint_id = ? and id >= ?`;

// Where nobody wanted it there until now, it is as if the schedule had ended before its start.
const TAKE = `
  insert into delivery (message_id, endpoint_id, application_id, event_type, state, attempts_made,
    lease_holder, lease_until_ms)
  values (?, ?, ?, ?, 'exhausted', 0, ?, ?)
  on conflict (message_id, endpoint_id)
  do update set lease_holder = excluded.lease_holder, lease_until_ms = excluded.lease_until_ms`;

const LABEL = `
  insert into delivery_label (endpoint_id, label, message_id) values (?, ?, ?)`;

const SUCCEED = `
  update delivery set state = 'succeeded', next_attempt_at_ms = null, sweep_at_ms = null,
    lease_holder = null, lease_until_ms = 0
  where message_id = ? and endpoint_id = ?`;

const RELEASE = `
  update delivery set lease_holder = null, lease_until_ms = 0
  where message_id = ? and endpoint_id = ? and lease_holder = ?`;

type Found = ClaimedColumns & {
  lease_holder: string | null;
  /** null where there is no delivery. */
  lease_until_ms: number | null;
  payload: Uint8Array | null;
  payload_expires_at_ms: number | null;
  disabled: number;
  deleted: number;
};

/** Claims one attempt by hand inside the turn's transaction. */
export function prepareClaimManual(
  db: DatabaseSync,
  sealed: SealedEndpoint,
): (claim: ManualClaim, lease: Lease) => ManualClaimResult {
  const find = db.prepare(FIND);
  const findAttempted = prepareFindAttempted(db);
  const take = db.prepare(TAKE);
  const label = db.prepare(LABEL);

  return (claim, lease) => {
    const { messageId, endpointId, applicationId } = claim;
    const row = find.get(messageId, endpointId, applicationId) as Found | undefined;
    if (row === undefined) return refused("endpoint_deleted");
    const untilMs = row.lease_until_ms ?? 0;
    if (untilMs > lease.nowMs && row.lease_holder !== lease.holder)
      return { kind: "busy", untilMs };
    const attempted = findAttempted(claim);
    if (attempted !== undefined) return attempted;
    const verdict = judge(row, claim, lease, sealed);
    if (verdict.kind !== "claimed") return verdict;

    const { application_id, event_type } = row;
    take.run(messageId, endpointId, application_id, event_type, lease.holder, lease.untilMs);
    const isNew = row.lease_until_ms === null;
    for (const name of isNew ? verdict.attempt.labels : []) label.run(endpointId, name, messageId);
    return verdict;
  };
}

function prepareFindAttempted(db: DatabaseSync) {
  const findAttempted = db.prepare(FIND_ATTEMPTED);
  return (claim: ManualClaim): ManualClaimResult | undefined => {
    const { messageId, endpointId, unlessAttemptedFrom } = claim;
    if (unlessAttemptedFrom === undefined) return undefined;
    const row = findAttempted.get(messageId, endpointId, unlessAttemptedFrom);
    const succeeded = row?.["succeeded"] ?? null;
    return succeeded === null ? undefined : { kind: "attempted", succeeded: succeeded === 1 };
  };
}

function judge(
  row: Found,
  { messageId, endpointId }: ManualClaim,
  lease: Lease,
  sealed: SealedEndpoint,
): ManualClaimResult {
  if (row.deleted) return refused("endpoint_deleted");
  if (row.disabled) return refused("endpoint_disabled");
  const { payload } = row;
  const isExpired = (row.payload_expires_at_ms ?? Infinity) <= lease.nowMs;
  if (payload === null || isExpired) return refused("expunged");
  const numbered = { messageId, endpointId, attemptNumber: 0 };
  return { kind: "claimed", attempt: claimedAttempt(numbered, lease, row, payload, sealed) };
}

function refused(reason: ManualRefusal): ManualClaimResult {
  return { kind: "refused", reason };
}

/** Keeps one attempt by hand inside the turn's transaction. */
export function prepareRecordManual(db: DatabaseSync): (record: ManualRecord) => void {
  const insertAttempt = prepareInsertAttempt(db);
  const succeed = db.prepare(SUCCEED);
  const release = db.prepare(RELEASE);
  const noteHealth = prepareNoteHealth(db);

  return (record) => {
    const { messageId, endpointId, succeeded } = record.attempt;
    insertAttempt(record);
    if (succeeded) succeed.run(messageId, endpointId);
    else release.run(messageId, endpointId, record.holder);
    noteHealth(record.attempt, record.endpointIsGone);
  };
}
