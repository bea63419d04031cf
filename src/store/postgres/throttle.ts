import type { Pool, PoolClient } from "pg";
import { Timetable, type BookedSecond, type Booking, type Pace } from "../../domain/timetable.ts";
import type { Rates } from "../../domain/throttle.ts";
import { putOffs } from "../postpone.ts";
import type { SlotByHand, SlotRequest } from "../slots.ts";
import { putOff } from "./postpone.ts";

// Rows are locked in the order of their keys, and before those of deliveries.
const MAKE_PACES = `
  insert into throttle (key, tat_ms, waiting_since_ms, waiting_until_ms)
  select key, 0, 0, 0 from unnest($1::text[]) as key order by key
  on conflict do nothing`;

const LOCK_PACES = `
  select key, tat_ms as "tatMs", waiting_since_ms as "waitingSinceMs",
    waiting_until_ms as "waitingUntilMs"
  from throttle where key = any($1::text[]) order by key for update`;

// In a statement after the lock: what was booked by those it waited for is seen.
const FIND_SECONDS = `
  select key, second, booked from throttle_second join throttle using (key)
  where key = any($1::text[])
    and second >= floor(greatest(throttle.tat_ms, $2::double precision) / 1000)`;

const KEEP = `
  with paces as (
    update throttle set tat_ms = given.tat_ms, waiting_since_ms = given.since,
      waiting_until_ms = given.until
    from unnest($1::text[], $2::double precision[], $3::bigint[], $4::bigint[])
      as given (key, tat_ms, since, until)
    where throttle.key = given.key
  ),
  forgotten as (
    delete from throttle_second where key = any($1::text[]) and second < $5::bigint
  )
  insert into throttle_second (key, second, booked)
  select * from unnest($6::text[], $7::bigint[], $8::int[])
  on conflict (key, second) do update set booked = excluded.booked`;

const FIND_RATES = `
  select endpoint.throttle_rate as endpoint, application.throttle_rate as application
  from endpoint join application on application.id = endpoint.application_id
  where endpoint.id = $1
    and (endpoint.throttle_rate is not null or application.throttle_rate is not null)`;

/** Gives a group its times, in its order. No two of them may be for the same delivery. */
export async function takeSlots(
  pool: Pool,
  requests: readonly SlotRequest[],
): Promise<readonly number[]> {
  const nowMs = Math.max(...requests.map((request) => request.nowMs));
  return inTransaction(pool, async (client) => {
    const slots = await book(client, requests, nowMs);
    await putOff(client, putOffs(requests, slots));
    return slots;
  });
}

export async function takeSlotByHand(
  pool: Pool,
  { endpointId, applicationId, nowMs }: SlotByHand,
): Promise<number | null> {
  const { rows } = await pool.query<Rates>(FIND_RATES, [endpointId]);
  const [rates] = rows;
  if (rates === undefined) return null;
  const bookings = [{ endpointId, applicationId, rates }];
  const [slot] = await inTransaction(pool, async (client) => book(client, bookings, nowMs));
  return slot ?? null;
}

async function book(
  client: PoolClient,
  bookings: readonly Booking[],
  nowMs: number,
): Promise<readonly number[]> {
  const keys = [...new Set(bookings.flatMap(keysOf))];
  await client.query(MAKE_PACES, [keys]);
  const { rows: paces } = await client.query<Pace>(LOCK_PACES, [keys]);
  const isShared = bookings.some(({ rates }) => rates.application !== null);
  const { rows: seconds } = isShared
    ? await client.query<BookedSecond>(FIND_SECONDS, [keys, nowMs])
    : { rows: [] };
  const booked = new Map(seconds.map((one) => [`${one.key} ${one.second}`, one.booked]));
  const bookedBefore = (key: string, second: number): number => booked.get(`${key} ${second}`) ?? 0;
  const timetable = new Timetable(paces, bookedBefore, nowMs);
  const slots = bookings.map((booking) => timetable.book(booking));
  await keep(client, timetable, nowMs);
  return slots;
}

function keysOf({ endpointId, applicationId, rates }: Booking): readonly string[] {
  return rates.application === null ? [endpointId] : [endpointId, applicationId];
}

async function keep(client: PoolClient, timetable: Timetable, nowMs: number): Promise<void> {
  const paces = timetable.paces();
  const seconds = timetable.changedSeconds();
  await client.query(KEEP, [
    paces.map(({ key }) => key),
    paces.map(({ tatMs }) => tatMs),
    paces.map(({ waitingSinceMs }) => waitingSinceMs),
    paces.map(({ waitingUntilMs }) => waitingUntilMs),
    Math.floor(nowMs / 1_000),
    seconds.map(({ key }) => key),
    seconds.map(({ second }) => second),
    seconds.map(({ booked }) => booked),
  ]);
}

async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: unknown;
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    // A connection whose transaction cannot be ended is not used again.
    await client.query("rollback").catch(() => (broken = error));
    throw error;
  } finally {
    client.release(broken !== undefined);
  }
}
