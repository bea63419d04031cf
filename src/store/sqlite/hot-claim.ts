import type { DatabaseSync } from "node:sqlite";
import type { DeliveryState } from "../../domain/delivery.ts";
import { HELD_MS } from "../../domain/throttle.ts";
import {
  claimedAttempt,
  throttled,
  type ClaimedColumns,
  type ThrottledColumns,
} from "../attempt-to-make.ts";
import { acceptancePlace, LINE_OVERDUE_MS } from "../line.ts";
import type { SealedEndpoint } from "../sealed-endpoint.ts";
import type { Claim, ClaimResult, Lease } from "../store.ts";

const FIND = `
  select d.state, d.attempts_made, d.next_attempt_at_ms, d.lease_holder, d.lease_until_ms,
    d.application_id, d.schedule_from, d.slot_at_ms, m.event_type, m.channels, m.tags, m.payload, m.content_type,
    m.payload_expires_at_ms, m.deliver_at_ms, d.place,
    e.url, e.headers, e.secrets, e.request_format, e.disabled, e.deleted_at_ms is not null as deleted,
    e.retry_schedule as endpoint_schedule, e.throttle_rate, e.ordered, e.line_at_ms,
    a.kind as application_kind, a.throttle_rate as application_throttle_rate, t.retry_schedule
  from delivery d
  join message m on m.id = d.message_id
  join endpoint e on e.id = d.endpoint_id
  join application a on a.id = d.application_id
  left join event_type t on t.organization_id = a.organization_id and t.name = m.event_type
  where d.message_id = ? and d.endpoint_id = ?`;

const CLAIM = `
  update delivery set lease_holder = ?, lease_until_ms = ?, slot_at_ms = null
  where message_id = ? and endpoint_id = ?`;

const FIRST = `
  select message_id from delivery
  where endpoint_id = ? and state = 'pending' and place is not null
  order by place, message_id limit 1`;

const PLACE = `
  update delivery set place = ?, sweep_at_ms = ?, lease_holder = null, lease_until_ms = 0
  where message_id = ? and endpoint_id = ?`;

const END = `
  update delivery set state = ?, next_attempt_at_ms = null, sweep_at_ms = null,
    lease_holder = null, lease_until_ms = 0
  where message_id = ? and endpoint_id = ?`;

type Found = ClaimedColumns &
  ThrottledColumns & {
    state: DeliveryState;
    attempts_made: number;
    next_attempt_at_ms: number | null;
    lease_holder: string | null;
    lease_until_ms: number;
    payload: Uint8Array | null;
    payload_expires_at_ms: number | null;
    disabled: number;
    deleted: number;
    deliver_at_ms: number | null;
    place: number | null;
    line_at_ms: number | null;
  };

/** Claims one attempt inside the turn's transaction. */
export function prepareClaim(
  db: DatabaseSync,
  sealed: SealedEndpoint,
): (claim: Claim, lease: Lease) => ClaimResult {
  const find = db.prepare(FIND);
  const take = db.prepare(CLAIM);
  const end = db.prepare(END);
  const join = prepareJoin(db);
  const isFirst = prepareIsFirst(db);

  return (claim, lease) => {
    const { messageId, endpointId } = claim;
    const row = find.get(messageId, endpointId) as Found | undefined;
    if (row === undefined) return { kind: "ended", state: "endpoint_deleted" };

    const judged = judge(row, claim, lease, sealed);
    const mustWait = judged.kind === "claimed" && row.ordered && !isFirst(claim, row);
    const verdict: ClaimResult = mustWait ? { kind: "in_line" } : judged;
    if (mustWait) join(claim, row, lease);
    if (verdict.kind === "claimed") take.run(lease.holder, lease.untilMs, messageId, endpointId);
    if (verdict.kind === "ended" && row.state === "pending") {
      end.run(verdict.state, messageId, endpointId);
    }
    return verdict;
  };
}

/** Whether it is the one whose turn it is at its ordered endpoint, claimed by who carries the line. */
function prepareIsFirst(db: DatabaseSync) {
  const first = db.prepare(FIRST);
  return ({ messageId, endpointId, inLine }: Claim, row: Found): boolean =>
    inLine === true &&
    row.line_at_ms === null &&
    row.place !== null &&
    first.get(endpointId)?.["message_id"] === messageId;
}

/** Gives what was accepted before the endpoint was ordered its place. */
function prepareJoin(db: DatabaseSync) {
  const place = db.prepare(PLACE);
  return ({ messageId, endpointId }: Claim, row: Found, { nowMs }: Lease): void => {
    if (row.place !== null) return;
    const { deliver_at_ms } = row;
    const at = deliver_at_ms === null ? acceptancePlace(messageId) : deliver_at_ms * 1_000;
    place.run(at, nowMs + LINE_OVERDUE_MS, messageId, endpointId);
  };
}

function judge(row: Found, claim: Claim, lease: Lease, sealed: SealedEndpoint): ClaimResult {
  if (row.state !== "pending") return { kind: "ended", state: row.state };
  if (row.attempts_made >= claim.attemptNumber) return laterBy(row, lease);
  if (row.lease_until_ms > lease.nowMs && row.lease_holder !== lease.holder) {
    return { kind: "busy", untilMs: row.lease_until_ms };
  }
  if (row.deleted) return { kind: "ended", state: "endpoint_deleted" };
  if (row.disabled) return { kind: "ended", state: "endpoint_disabled" };
  const payload = payloadAt(lease.nowMs, row);
  if (payload === null) return { kind: "ended", state: "expunged" };
  if ((row.slot_at_ms ?? 0) > lease.nowMs + HELD_MS) return laterBy(row, lease);
  const attempt = claimedAttempt(claim, lease, row, payload, sealed);
  return { kind: "claimed", attempt: throttled(attempt, row) };
}

function laterBy(row: Found, { nowMs }: Lease): ClaimResult {
  const nextAttemptAtMs = row.next_attempt_at_ms ?? nowMs;
  return { kind: "superseded", attemptNumber: row.attempts_made + 1, nextAttemptAtMs };
}

/** null once it was expunged, or its time has passed. */
function payloadAt(nowMs: number, { payload, payload_expires_at_ms }: Found): Uint8Array | null {
  return (payload_expires_at_ms ?? Infinity) <= nowMs ? null : payload;
}
