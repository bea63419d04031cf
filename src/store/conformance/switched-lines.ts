import { expect, test } from "vitest";
import { newId } from "../new-id.ts";
import {
  acceptOne,
  aMessage,
  aRecord,
  createApplication,
  createEndpoint,
  NOW_MS,
  RAVEN,
} from "./fixtures.ts";
import {
  acceptSome,
  attemptOf,
  HOUR_MS,
  idsOf,
  key,
  order,
  ordered,
  settle,
  takeSwitched,
  waiting,
} from "./line-fixtures.ts";
import type { Opened } from "./test-database.ts";

export function switchedLineCases(opened: () => Opened): void {
  test("what was pending before takes its place, by when it was accepted", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const endpoint = await createEndpoint(store, application);
    const [late, early] = [1, 2].map((hours) => newId("msg", NOW_MS - hours * HOUR_MS));
    for (const id of [late, early]) {
      await store.accept(aMessage(application, { id: id ?? "", lease: RAVEN }));
    }
    await order(store, endpoint, true);
    const after = aMessage(application);
    await store.accept(after);
    expect(await store.line(endpoint.id, NOW_MS, 9)).toEqual({ kind: "forming" });
    const first = { messageId: early ?? "", endpointId: endpoint.id, attemptNumber: 1 };
    expect(await store.claim([{ ...first, inLine: true }], RAVEN)).toEqual([{ kind: "in_line" }]);

    await settle(store, endpoint);
    expect(idsOf(await waiting(store, endpoint))).toEqual([early, late, after.id]);
    const [claimed] = await store.claim([{ ...first, inLine: true }], RAVEN);
    expect(claimed?.kind).toBe("claimed");
  });

  test("whoever carried it elsewhere is refused, and it has a place from then on", async () => {
    const { store } = opened();
    const { attempt, endpoint } = await acceptOne(store);
    await order(store, endpoint, true);
    await settle(store, endpoint);
    await store.record(aRecord(attempt));
    expect(await store.claim([{ ...attempt, attemptNumber: 2 }], RAVEN)).toEqual([
      { kind: "in_line" },
    ]);
    expect(idsOf(await waiting(store, endpoint))).toEqual([attempt.messageId]);
  });

  test("when it is switched off, each is swept when it is due, by another workflow", async () => {
    const { store } = opened();
    const { application, endpoint } = await ordered(store);
    const [first, second] = await acceptSome(store, application, endpoint, 2);
    await store.record(aRecord(attemptOf(first), { nextAttemptAtMs: NOW_MS + HOUR_MS }));
    await order(store, endpoint, false);
    expect(await store.line(endpoint.id, NOW_MS, 9)).toEqual({ kind: "none" });
    await settle(store, endpoint);
    const ids = [first?.messageId, second?.messageId];
    const taken = async (nowMs: number) =>
      (await store.takeOverdue(nowMs, 1_000)).filter(({ id }) => ids.includes(id));
    expect(await taken(NOW_MS + 10)).toMatchObject([{ id: second?.messageId, round: 1 }]);
    expect(await taken(NOW_MS + HOUR_MS)).toMatchObject([{}, { id: first?.messageId, round: 1 }]);
    const [claimed] = await store.claim([key(second)], RAVEN);
    expect(claimed?.kind).toBe("claimed");
  });

  test("one that is switched again meanwhile is settled as it is at last", async () => {
    const { store } = opened();
    const { application, endpoint } = await ordered(store);
    const [first] = await acceptSome(store, application, endpoint, 1);
    await order(store, endpoint, false);
    const switched = await takeSwitched(store, endpoint);
    await order(store, endpoint, true);
    if (switched === undefined) return expect.unreachable();
    await store.lines.settle(switched, NOW_MS);
    expect(await store.line(endpoint.id, NOW_MS, 9)).toEqual({ kind: "forming" });
    await settle(store, endpoint);
    expect(idsOf(await waiting(store, endpoint))).toEqual([first?.messageId]);
  });
}
