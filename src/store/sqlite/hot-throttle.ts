import type { DatabaseSync } from "node:sqlite";
import type { Rates } from "../../domain/throttle.ts";
import { Timetable, type Booking, type Pace } from "../../domain/timetable.ts";
import { putOffs, type PutOff } from "../postpone.ts";
import type { Postponed, SlotByHand, SlotRequest } from "../slots.ts";
import { LINE_OVERDUE_MS } from "../line.ts";
import { OVERDUE_MS } from "../store.ts";

const FIND_PACE = `
  select key, tat_ms as tatMs, waiting_since_ms as waitingSinceMs,
    waiting_until_ms as waitingUntilMs
  from throttle where key = ?`;

const FIND_SECOND = `select booked from throttle_second where key = ? and second = ?`;

const KEEP_PACE = `
  insert into throttle (key, tat_ms, waiting_since_ms, waiting_until_ms) values (?1, ?2, ?3, ?4)
  on conflict (key) do update set tat_ms = ?2, waiting_since_ms = ?3, waiting_until_ms = ?4`;

const KEEP_SECOND = `
  insert into throttle_second (key, second, booked) values (?1, ?2, ?3)
  on conflict (key, second) do update set booked = ?3`;

const FORGET_SECONDS = `delete from throttle_second where key = ? and second < ?`;

const FIND_RATES = `
  select e.throttle_rate as endpoint, a.throttle_rate as application
  from endpoint e join application a on a.id = e.application_id
  where e.id = ? and (e.throttle_rate is not null or a.throttle_rate is not null)`;

const PUT_OFF = `
  update delivery set next_attempt_at_ms = ?1, slot_at_ms = ?2,
    sweep_at_ms = ?1 + iif(place is null, ${OVERDUE_MS}, ${LINE_OVERDUE_MS}),
    lease_holder = null, lease_until_ms = 0
  where message_id = ?3 and endpoint_id = ?4 and state = 'pending' and attempts_made < ?5
    and (lease_until_ms <= ?6 or lease_holder = ?7)`;

type ThrottleStatements = {
  takeSlot(request: SlotRequest): number;
  /** Needs no transaction. */
  ratesOf(endpointId: string): Rates | undefined;
  takeSlotByHand(request: SlotByHand, rates: Rates): number;
  postpone(postponed: Postponed): void;
};

/** Each runs inside the turn's transaction. */
export function prepareThrottle(db: DatabaseSync): ThrottleStatements {
  const book = prepareBook(db);
  const findRates = db.prepare(FIND_RATES);
  const putOff = preparePutOff(db);
  return {
    takeSlot(request) {
      const slotAtMs = book(request, request.nowMs);
      for (const one of putOffs([request], [slotAtMs])) putOff(one);
      return slotAtMs;
    },
    ratesOf: (endpointId) => findRates.get(endpointId) as Rates | undefined,
    takeSlotByHand: ({ endpointId, applicationId, nowMs }, rates) =>
      book({ endpointId, applicationId, rates }, nowMs),
    postpone: (postponed) => putOff({ ...postponed, slotAtMs: null }),
  };
}

function prepareBook(db: DatabaseSync): (booking: Booking, nowMs: number) => number {
  const findPace = db.prepare(FIND_PACE);
  const findSecond = db.prepare(FIND_SECOND);
  const keepPace = db.prepare(KEEP_PACE);
  const keepSecond = db.prepare(KEEP_SECOND);
  const forgetSeconds = db.prepare(FORGET_SECONDS);

  const bookedBefore = (key: string, second: number): number =>
    (findSecond.get(key, second)?.["booked"] as number | undefined) ?? 0;

  return (booking, nowMs) => {
    const { endpointId, applicationId, rates } = booking;
    const keys = rates.application === null ? [endpointId] : [endpointId, applicationId];
    const paces = keys.flatMap((key) => (findPace.get(key) as Pace | undefined) ?? []);
    const timetable = new Timetable(paces, bookedBefore, nowMs);
    const slotAtMs = timetable.book(booking);
    for (const { key, tatMs, waitingSinceMs, waitingUntilMs } of timetable.paces()) {
      keepPace.run(key, tatMs, waitingSinceMs, waitingUntilMs);
    }
    for (const { key, second, booked } of timetable.changedSeconds()) {
      keepSecond.run(key, second, booked);
      forgetSeconds.run(key, Math.floor(nowMs / 1_000));
    }
    return slotAtMs;
  };
}

function preparePutOff(db: DatabaseSync): (one: PutOff) => void {
  const putOff = db.prepare(PUT_OFF);
  return ({ untilMs, slotAtMs, messageId, endpointId, attemptNumber, nowMs, holder }) => {
    putOff.run(untilMs, slotAtMs, messageId, endpointId, attemptNumber, nowMs, holder);
  };
}
