import { expect, test } from "vitest";
import { newId } from "../new-id.ts";
import { OVERDUE_MS } from "../store.ts";
import {
  acceptOne,
  aMessage,
  aRecord,
  aSuccess,
  createEndpoint,
  NOW_MS,
  OWL,
  RAVEN,
} from "./fixtures.ts";
import {
  accept,
  acceptSome,
  attemptOf,
  HOUR_MS,
  idsOf,
  key,
  ordered,
  overdue,
  waiting,
} from "./line-fixtures.ts";
import { all } from "./replay-fixtures.ts";
import type { Opened } from "./test-database.ts";

/** Places are given by the clock, so what is to be sent later has to be so by the clock. */
const LATER_MS = Date.now() + 24 * HOUR_MS;

export function deliverAtCases(opened: () => Opened): void {
  test("it is due then, nobody's until then, and swept after", async () => {
    const { store } = opened();
    const deliverAtMs = NOW_MS + HOUR_MS;
    const { application, attempt } = await acceptOne(store, { deliverAtMs });
    const { messageId } = attempt;
    const [pending] = await store.pendingDeliveries([messageId]);
    expect(pending).toMatchObject({ attemptNumber: 1, nextAttemptAtMs: deliverAtMs });
    const overdueAtMs = deliverAtMs + OVERDUE_MS;
    const taken = async (nowMs: number) =>
      (await store.takeOverdue(nowMs, 1_000)).filter(({ id }) => id === messageId);
    expect(await taken(overdueAtMs - 1)).toEqual([]);
    expect(await taken(overdueAtMs)).toMatchObject([{ id: messageId }]);
    expect(await store.messages.find(application.id, messageId, false)).toMatchObject({
      deliverAtMs,
    });
    const asked = { limit: 9, order: "descending", withPayload: false } as const;
    const [listed] = (await store.messages.list(application.id, asked)).rows;
    expect(listed).toMatchObject({ id: messageId, deliverAtMs });
    const [delivery] = (await store.messages.listByEndpoint(attempt.endpointId, asked)).rows;
    expect(delivery).toMatchObject({
      message: { deliverAtMs },
      delivery: { state: "pending", nextAttemptAtMs: deliverAtMs },
    });
    await store.record(aSuccess(attempt));
  });

  test("it is not replayed before: neither as missing, nor as what was not attempted", async () => {
    const { store } = opened();
    const { application, endpoint } = await acceptOne(store, { deliverAtMs: LATER_MS });
    const { delivered, missing } = store.replays;
    expect(await all((scan) => delivered(endpoint.id, {}, scan))).toEqual([]);
    const another = await createEndpoint(store, application);
    expect(await all((scan) => missing(another, scan))).toEqual([]);
    const due = aMessage(application, { deliverAtMs: NOW_MS, recipients: "subscribed" });
    await store.accept(due);
    const third = await createEndpoint(store, application);
    expect(await all((scan) => missing(third, scan))).toEqual([due.id]);
    expect(await all((scan) => delivered(endpoint.id, {}, scan))).toEqual([due.id]);
  });

  test("it can be canceled until then", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store, { deliverAtMs: NOW_MS + HOUR_MS });
    expect(await store.deliveries.cancelOne(attempt)).toBe("canceled");
    expect(await store.pendingDeliveries([attempt.messageId])).toEqual([]);
  });
}

export function lineCases(opened: () => Opened): void {
  test("is in the order of acceptance, whatever the ids, and nobody's to begin at once", async () => {
    const { store } = opened();
    const { application, endpoint } = await ordered(store);
    // Ids of earlier times, as from a process whose clock is late.
    const ids = [3, 1, 2].map((hours) => newId("msg", NOW_MS - hours * HOUR_MS));
    for (const id of ids) {
      const accepted = await store.accept(aMessage(application, { id, lease: RAVEN }));
      const inLine = [{ endpointId: endpoint.id, isHeld: false }];
      expect(accepted).toMatchObject({ kind: "accepted", attempts: [], inLine });
    }
    expect(idsOf(await waiting(store, endpoint))).toEqual(ids);
    expect(await store.pendingDeliveries(ids)).toEqual([]);
    expect(await store.takeOverdue(NOW_MS + 2 * OVERDUE_MS, 1_000)).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ id: ids[0] })]),
    );
  });

  test("the first holds up the others until it has ended", async () => {
    const { store } = opened();
    const { application, endpoint } = await ordered(store);
    const [first, second] = await acceptSome(store, application, endpoint, 2);
    await store.record(aRecord(attemptOf(first), { nextAttemptAtMs: NOW_MS + HOUR_MS }));
    const line = await waiting(store, endpoint);
    expect(line).toMatchObject([{ attemptNumber: 2, nextAttemptAtMs: NOW_MS + HOUR_MS }, {}]);
    expect(await accept(store, application)).toMatchObject({ inLine: [{ isHeld: true }] });
    await store.record(aSuccess({ ...attemptOf(first), attemptNumber: 2 }));
    expect((await waiting(store, endpoint))[0]?.messageId).toBe(second?.messageId);
    expect(await accept(store, application)).toMatchObject({ inLine: [{ isHeld: false }] });
  });

  test("what is to be sent later joins then, behind what was there before", async () => {
    const { store } = opened();
    const { application, endpoint } = await ordered(store);
    const later = await accept(store, application, { deliverAtMs: LATER_MS });
    expect(later).toMatchObject({ inLine: [{ isHeld: false }] });
    expect(await store.line(endpoint.id, NOW_MS, 9)).toEqual({
      kind: "formed",
      waiting: [],
      nextAtMs: LATER_MS,
    });
    const [now] = await acceptSome(store, application, endpoint, 1);
    expect(idsOf(await waiting(store, endpoint))).toEqual([now?.messageId]);
    const line = await store.line(endpoint.id, LATER_MS, 9);
    expect(line).toMatchObject({ nextAtMs: null, waiting: [now ?? {}, { attemptNumber: 1 }] });
  });
}

export function lineReadCases(opened: () => Opened): void {
  test("only as many are read as are asked for", async () => {
    const { store } = opened();
    const { application, endpoint } = await ordered(store);
    const [one, two] = await acceptSome(store, application, endpoint, 3);
    const line = await store.line(endpoint.id, NOW_MS, 2);
    expect(line.kind === "formed" && idsOf(line.waiting)).toEqual([one?.messageId, two?.messageId]);
  });

  test("those are found whose first is overdue and claimed by nobody", async () => {
    const { store } = opened();
    const { application, endpoint } = await ordered(store);
    const nowMs = LATER_MS;
    expect(await overdue(store, nowMs)).not.toContain(endpoint.id);
    const [first] = await acceptSome(store, application, endpoint, 2);
    expect(await overdue(store, NOW_MS)).not.toContain(endpoint.id);
    expect(await overdue(store, nowMs)).toContain(endpoint.id);
    const lease = { ...OWL, nowMs, untilMs: nowMs + 1 };
    await store.claim([{ ...key(first), inLine: true }], lease);
    expect(await overdue(store, nowMs)).not.toContain(endpoint.id);
    expect(await overdue(store, nowMs + 1)).toContain(endpoint.id);
    await store.record(aRecord(attemptOf(first), { nextAttemptAtMs: nowMs }));
    expect(await overdue(store, nowMs + OVERDUE_MS - 1)).not.toContain(endpoint.id);
    expect(await overdue(store, nowMs + OVERDUE_MS)).toContain(endpoint.id);
    await store.endpoints.remove(endpoint.id, NOW_MS);
    expect(await overdue(store, nowMs + OVERDUE_MS)).not.toContain(endpoint.id);
  });
}
