import { expect, test } from "vitest";
import {
  aMessage,
  aRecord,
  aSuccess,
  attemptsOf,
  createApplication,
  createEndpoint,
} from "./fixtures.ts";
import { acceptSome, ordered } from "./line-fixtures.ts";
import type { AttemptToMake } from "../store.ts";
import type { Opened } from "./test-database.ts";

export function deliveryCountCases(opened: () => Opened): void {
  test("what waits at endpoints is counted as far as is asked", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const { id } = await createEndpoint(store, application);
    const waiting = async (rowsMax: number) =>
      Object.fromEntries(await store.deliveries.waiting([id, idle], rowsMax));
    const made = [];
    for (let i = 0; i < 5; i++) {
      made.push(...attemptsOf(await store.accept(aMessage(application))));
    }
    const idle = (await createEndpoint(store, application)).id;
    const [delivered, failed, retried] = made;
    if (delivered === undefined || failed === undefined || retried === undefined) {
      expect.unreachable();
    }
    await store.record(aSuccess(delivered));
    await store.record(aRecord(failed, { state: "exhausted" }));
    await store.record(aRecord(retried));
    const nothing = { unattempted: 0, retrying: 0 };
    expect(await waiting(9)).toEqual({
      [id]: { unattempted: 2, retrying: 1 },
      [idle]: nothing,
    });
    expect(await waiting(1)).toMatchObject({ [id]: { unattempted: 1, retrying: 1 } });
    expect(await store.deliveries.waiting([], 9)).toEqual(new Map());
  });

  test("how each of many messages fares at all its endpoints", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    for (let i = 0; i < 3; i++) await createEndpoint(store, application);
    const messages = Array.from({ length: 12 }, () => aMessage(application));
    const thirds: AttemptToMake[] = [];
    for (const message of messages) {
      const [first, second, ...others] = attemptsOf(await store.accept(message));
      if (first === undefined || second === undefined) expect.unreachable();
      await store.record(aSuccess(first));
      await store.record(aRecord(second));
      thirds.push(...others);
    }
    const [canceled, , failed] = thirds;
    if (canceled === undefined || failed === undefined) expect.unreachable();
    await store.deliveries.cancelOne(canceled);
    await store.record(aRecord(failed, { state: "exhausted" }));
    const ids = messages.map(({ id }) => id);
    const counts = await store.deliveries.countByMessage([...ids, "msg_none"]);
    const each = { succeeded: 1, retrying: 1, unattempted: 0, failed: 0, canceled: 0 };
    expect([...counts.keys()].toSorted()).toEqual(ids.toSorted());
    expect(counts.get(canceled.messageId)).toEqual({ ...each, canceled: 1 });
    expect(counts.get(failed.messageId)).toEqual({ ...each, failed: 1 });
    expect(counts.get(ids.at(-1) ?? "")).toEqual({ ...each, unattempted: 1 });
    expect(await store.deliveries.countByMessage([])).toEqual(new Map());
  });

  test("who is first in an ordered endpoint's line, and nobody where there is none", async () => {
    const { store } = opened();
    const { application, endpoint } = await ordered(store);
    const first = async () => (await store.deliveries.firstInLine([endpoint.id])).get(endpoint.id);
    expect(await first()).toBeUndefined();
    const [ahead, behind] = await acceptSome(store, application, endpoint, 2);
    if (ahead === undefined || behind === undefined) expect.unreachable();
    expect(await first()).toBe(ahead.messageId);
    await store.deliveries.cancelOne(ahead);
    expect(await first()).toBe(behind.messageId);
    await store.deliveries.cancelOne(behind);
    expect(await first()).toBeUndefined();
    expect(await store.deliveries.firstInLine([])).toEqual(new Map());
  });
}
