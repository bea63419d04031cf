import type { DatabaseSync } from "node:sqlite";
import { LEAD_MS } from "../../domain/throttle.ts";
import { HELD_UP_MS, type Line, type Lines } from "../line.ts";
import type { PendingDelivery } from "../store.ts";

const ENDPOINT = `
  select ordered, line_at_ms is not null as isForming from endpoint where id = ?`;

const LINE = `
  select message_id as messageId, endpoint_id as endpointId, application_id as applicationId,
    attempts_made + 1 as attemptNumber, place,
    coalesce(slot_at_ms - ${LEAD_MS}, next_attempt_at_ms) as nextAttemptAtMs
  from delivery
  where endpoint_id = ? and state = 'pending' and place is not null
  order by place, message_id
  limit ?`;

type Placed = PendingDelivery & { readonly place: number };

/** Places in lines. */
export type Places = {
  /** That of what joins now, or is to be sent at a time. No two that join have the same. */
  next(deliverAtMs: number | null): number;
  /** Whether the first in line waits for its next attempt. */
  isHeld(endpointId: string, nowMs: number): boolean;
};

export function preparePlaces(db: DatabaseSync): Places {
  const findFirst = db.prepare(LINE);
  let last = 0;
  const now = (): number => Math.max(last + 1, Date.now() * 1_000);
  return {
    next: (deliverAtMs) => (deliverAtMs === null ? (last = now()) : deliverAtMs * 1_000),
    isHeld(endpointId, nowMs) {
      const first = findFirst.get(endpointId, 1) as Placed | undefined;
      if (first === undefined || first.place > now()) return false;
      return first.nextAttemptAtMs > nowMs + HELD_UP_MS;
    },
  };
}

export function prepareLine(db: DatabaseSync): Lines["line"] {
  const findEndpoint = db.prepare(ENDPOINT);
  const findLine = db.prepare(LINE);
  return async (endpointId, dueAtMs, rowsMax): Promise<Line> => {
    const endpoint = findEndpoint.get(endpointId);
    if (!endpoint?.["ordered"]) return { kind: "none" };
    if (endpoint["isForming"]) return { kind: "forming" };
    const rows = findLine.all(endpointId, rowsMax) as Placed[];
    // As places are given, so that what has just joined is there.
    const duePlace = (Math.max(dueAtMs, Date.now()) + 1) * 1_000;
    const later = rows.find(({ place }) => place >= duePlace);
    return {
      kind: "formed",
      waiting: rows.filter(({ place }) => place < duePlace),
      nextAtMs: later === undefined ? null : Math.ceil(later.place / 1_000),
    };
  };
}
