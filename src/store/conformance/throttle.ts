import { expect, test } from "vitest";
import { HELD_MS, type Rates } from "../../domain/throttle.ts";
import { OVERDUE_MS, type AttemptToMake, type Lease, type Store } from "../store.ts";
import type { Opened } from "./test-database.ts";
import {
  aMessage,
  aRecord,
  attemptsOf,
  createApplication,
  createEndpoint,
  NOW_MS,
  OWL,
  RAVEN,
} from "./fixtures.ts";

const ENOUGH = 10_000;

export function slotCases(opened: () => Opened): void {
  test("an attempt says what it is held to; most are held to nothing", async () => {
    const { store } = opened();
    const [free] = await accept(store, 1, { endpoint: null, application: null });
    expect(free?.throttle).toBeNull();
    const rates = { endpoint: 7, application: 9 };
    const [held] = await accept(store, 1, rates);
    expect(held?.throttle).toEqual({ ...rates, slotAtMs: null });
    const [claim] = await store.claim(held === undefined ? [] : [held], RAVEN);
    expect(claim).toMatchObject({ attempt: { throttle: { ...rates, slotAtMs: null } } });
  });

  test("attempts are given times one after another, in their order", async () => {
    const { store } = opened();
    const attempts = await accept(store, 5, { endpoint: 2, application: null });
    expect(await slotsOf(store, attempts)).toEqual([0, 500, 1_000, 1_500, 2_000]);
    expect(await slotsOf(store, attempts.slice(0, 1), at(RAVEN, 10_000))).toEqual([10_000]);
  });

  test("endpoints of one application share its rate, each held to its own", async () => {
    const { store } = opened();
    const application = await createApplication(store, { throttleRate: 4 });
    const slow = await createEndpoint(store, application, { throttleRate: 1 });
    await createEndpoint(store, application);
    const attempts = await acceptOf(store, application, 8);
    const slots = await slotsOf(store, attempts);
    const ofSlow = slots.filter((_ms, i) => attempts[i]?.endpointId === slow.id);
    expect(ofSlow.map((ms, i) => ms - (ofSlow[i - 1] ?? -1_000) >= 1_000)).not.toContain(false);
    expect(mostInOneSecond(slots)).toBeLessThanOrEqual(4 + 1);
    expect(Math.max(...slots.filter((ms) => !ofSlow.includes(ms)))).toBeLessThan(4_000);
  });
}

export function appointmentCases(opened: () => Opened): void {
  test("what must wait is put off: nobody claims it before its time, nor does the sweep", async () => {
    const { store } = opened();
    const attempts = await accept(store, 2, { endpoint: 0.1, application: null }, RAVEN);
    expect(await slotsOf(store, attempts)).toEqual([0, 10_000]);
    const [now, later] = attempts;
    if (now === undefined || later === undefined) return expect.unreachable();
    expect(await store.claim([now], OWL)).toMatchObject([{ kind: "busy" }]);
    expect(await store.pendingDeliveries([later.messageId])).toMatchObject([
      { attemptNumber: 1, nextAttemptAtMs: NOW_MS + 10_000 },
    ]);
    const refused = { kind: "superseded", attemptNumber: 1, nextAttemptAtMs: NOW_MS + 10_000 };
    expect(await store.claim([later], at(OWL, 9_999 - HELD_MS))).toEqual([refused]);
    const ids = async (ms: number) =>
      (await store.takeOverdue(NOW_MS + ms, ENOUGH)).map(({ id }) => id);
    expect(await ids(OVERDUE_MS + 9_999)).not.toContain(later.messageId);
    expect(await ids(OVERDUE_MS + 10_000)).toContain(later.messageId);
  });

  test("a time is used up by the claim that comes with it", async () => {
    const { store } = opened();
    const [, later] = await accept(store, 2, { endpoint: 0.1, application: null }, RAVEN);
    if (later === undefined) return expect.unreachable();
    await slotsOf(store, [{ ...later, messageId: "msg_other" }, later]);
    const slotAtMs = NOW_MS + 10_000;
    const [claim] = await store.claim([later], at(OWL, 10_000));
    expect(claim).toMatchObject({ kind: "claimed", attempt: { throttle: { slotAtMs } } });
    await store.record(aRecord(later, { nextAttemptAtMs: slotAtMs }));
    const [next] = await store.claim([{ ...later, attemptNumber: 2 }], at(OWL, 10_000));
    expect(next).toMatchObject({ kind: "claimed", attempt: { throttle: { slotAtMs: null } } });
  });

  test("an attempt by hand takes a time, where there is a rate", async () => {
    const { store } = opened();
    const byHand = (attempts: readonly AttemptToMake[]) => {
      const { endpointId = "", applicationId = "" } = attempts[0] ?? {};
      return store.takeSlotByHand({ endpointId, applicationId, nowMs: NOW_MS });
    };
    expect(await byHand(await accept(store, 1, { endpoint: null, application: null }))).toBeNull();
    const held = await accept(store, 1, { endpoint: null, application: 1 });
    const slots = [await byHand(held), await byHand(held), await byHand(held)];
    // The first comes in the middle of a second.
    expect(slots.map((ms) => (ms ?? 0) - NOW_MS)).toEqual([0, 1_000, 2_000]);
    expect(await byHand([])).toBeNull();
  });
}

export function throttlingCases(opened: () => Opened): void {
  test("processes that take times at once share the rate", async () => {
    const { store, database } = opened();
    const other = await database.open();
    for (const rates of [
      { endpoint: 50, application: null },
      { endpoint: null, application: 50 },
      { endpoint: 50, application: 70 },
    ]) {
      const attempts = await accept(store, 200, rates);
      const slots = await Promise.all(
        attempts.map((one, i) => slotsOf(i % 2 === 0 ? store : other, [one])),
      );
      const times = slots.flat();
      expect(mostInOneSecond(times)).toBeLessThanOrEqual(50 + 1);
      expect(Math.max(...times)).toBeLessThan(4_000);
    }
    await other.close();
  });

  test("since when somebody waits is known until the last is due", async () => {
    const { store } = opened();
    const attempts = await accept(store, 3, { endpoint: 1, application: null });
    const endpointId = attempts[0]?.endpointId ?? "";
    const since = (ms: number) => store.throttling.since(endpointId, NOW_MS + ms);
    expect(await since(0)).toBeNull();
    await slotsOf(store, attempts.slice(0, 1));
    expect(await since(0)).toBeNull();
    await slotsOf(store, attempts.slice(1), at(RAVEN, 100));
    expect(await since(1_999)).toBe(NOW_MS + 100);
    expect(await since(2_000)).toBeNull();
  });

  test("what is postponed is found later, at no cost, unless another has claimed it", async () => {
    const { store } = opened();
    const none = { endpoint: null, application: null };
    const [ours, theirs] = await accept(store, 2, none);
    if (ours === undefined || theirs === undefined) return expect.unreachable();
    await store.claim([ours], RAVEN);
    await store.claim([theirs], OWL);
    const until = { holder: RAVEN.holder, nowMs: NOW_MS, untilMs: NOW_MS + 60_000 };
    await Promise.all([ours, theirs].map((one) => store.postpone({ ...one, ...until })));
    expect(await store.pendingDeliveries([ours.messageId])).toMatchObject([
      { attemptNumber: 1, nextAttemptAtMs: NOW_MS + 60_000 },
    ]);
    expect(await store.pendingDeliveries([theirs.messageId])).toMatchObject([
      { attemptNumber: 1, nextAttemptAtMs: NOW_MS },
    ]);
    const [claim] = await store.claim([ours], OWL);
    expect(claim?.kind).toBe("claimed");
  });
}

async function accept(
  store: Store,
  count: number,
  { endpoint, application }: Rates,
  lease: Lease | null = null,
): Promise<readonly AttemptToMake[]> {
  const rated = await createApplication(store, { throttleRate: application });
  await createEndpoint(store, rated, { throttleRate: endpoint && Math.ceil(endpoint) });
  const attempts = await acceptOf(store, rated, count, lease);
  // Slower than the API allows: what is a matter of seconds there is easier to tell apart here.
  return attempts.map((one) => ({
    ...one,
    throttle: one.throttle && { ...one.throttle, endpoint },
  }));
}

async function acceptOf(
  store: Store,
  application: Awaited<ReturnType<typeof createApplication>>,
  count: number,
  lease: Lease | null = null,
): Promise<readonly AttemptToMake[]> {
  const messages = Array.from({ length: count }, () => aMessage(application, { lease }));
  return (await Promise.all(messages.map(async (one) => store.accept(one)))).flatMap(attemptsOf);
}

/** From NOW_MS on. */
async function slotsOf(
  store: Store,
  attempts: readonly AttemptToMake[],
  { holder, nowMs }: Lease = RAVEN,
): Promise<readonly number[]> {
  const slots = await Promise.all(
    attempts.map(({ messageId, endpointId, attemptNumber, applicationId, throttle }) => {
      const rates = throttle ?? { endpoint: null, application: null };
      const claim = { messageId, endpointId, attemptNumber, applicationId };
      return store.takeSlot({ ...claim, rates, holder, nowMs });
    }),
  );
  return slots.map((ms) => ms - NOW_MS);
}

function at(lease: Lease, ms: number): Lease {
  return { ...lease, nowMs: lease.nowMs + ms, untilMs: lease.untilMs + ms };
}

function mostInOneSecond(times: readonly number[]): number {
  const within = times.map((from) => times.filter((ms) => ms >= from && ms < from + 1_000).length);
  return Math.max(...within);
}
