import { expect, test } from "vitest";
import type { DeliveryState } from "../../domain/delivery.ts";
import type { Store } from "../store.ts";
import type { Opened } from "./test-database.ts";
import { acceptOne, aRecord, aSuccess, NOW_MS, OWL, RAVEN } from "./fixtures.ts";

const ENDS: readonly DeliveryState[] = ["exhausted", "endpoint_gone", "endpoint_disabled"];

export function recordCases(opened: () => Opened): void {
  test("an attempt is kept as it was", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    const record = aRecord(attempt, { statusCode: 0, reason: "timeout", trigger: "manual" });
    await store.record(record);
    const found = await store.attempts.find(attempt.messageId, record.attempt.id);
    expect(found?.attempt).toEqual(record.attempt);
    expect(found?.message).toMatchObject({ id: attempt.messageId });
  });

  test("a failure sets the next attempt and releases the claim", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store, { lease: RAVEN });
    await store.record(aRecord(attempt, { nextAttemptAtMs: NOW_MS + 5_000 }));
    expect(await deliveryOf(store, attempt.messageId)).toMatchObject({
      state: "pending",
      attemptsMade: 1,
      nextAttemptAtMs: NOW_MS + 5_000,
    });
    const [next] = await store.claim([{ ...attempt, attemptNumber: 2 }], OWL);
    expect(next?.kind).toBe("claimed");
  });
}

export function lateRecordCases(opened: () => Opened): void {
  test("a success that comes late beats a retry that waits", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    await store.record(aRecord({ ...attempt, attemptNumber: 2 }));
    await store.record(aSuccess(attempt));
    expect(await deliveryOf(store, attempt.messageId)).toMatchObject({
      state: "succeeded",
      attemptsMade: 2,
      nextAttemptAtMs: null,
    });
  });

  test("a failure that comes late changes nothing, but is kept", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    await store.record(aRecord({ ...attempt, attemptNumber: 2 }, { nextAttemptAtMs: NOW_MS + 9 }));
    await store.record(aRecord(attempt, { nextAttemptAtMs: NOW_MS + 1 }));
    expect(await deliveryOf(store, attempt.messageId)).toMatchObject({
      attemptsMade: 2,
      nextAttemptAtMs: NOW_MS + 9,
    });
    expect(await attemptsKept(store, attempt.messageId)).toBe(2);
  });

  test.each(ENDS)("nothing, not even a success, un-ends a delivery: %s", async (state) => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    await store.record(aRecord(attempt, { state }));
    await store.record(aSuccess({ ...attempt, attemptNumber: 2 }));
    await store.record(aRecord({ ...attempt, attemptNumber: 3 }));
    expect(await deliveryOf(store, attempt.messageId)).toMatchObject({ state, attemptsMade: 1 });
    expect(await attemptsKept(store, attempt.messageId)).toBe(3);
  });

  test("an endpoint that is gone is disabled with the record", async () => {
    const { store } = opened();
    const { application, endpoint, attempt } = await acceptOne(store);
    const gone = { statusCode: 410, state: "endpoint_gone", endedAtMs: NOW_MS + 7 } as const;
    await store.record(aRecord(attempt, gone));
    const found = await store.endpoints.find(application.id, endpoint.id);
    expect(found).toMatchObject({ disabled: true, updatedAtMs: NOW_MS + 7 });
  });

  test("records of one delivery at once are all kept, and one that is bad fails alone", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    const numbers = [3, 1, 4, 2];
    const good = numbers.map((attemptNumber) => aRecord({ ...attempt, attemptNumber }));
    const twin = good[0] === undefined ? [] : [good[0]];
    const settled = await Promise.allSettled(
      [...good, ...twin].map(async (one) => store.record(one)),
    );
    expect(settled.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(await deliveryOf(store, attempt.messageId)).toMatchObject({ attemptsMade: 4 });
    expect(await attemptsKept(store, attempt.messageId)).toBe(4);
  });
}

async function deliveryOf(store: Store, messageId: string) {
  const [delivery] = await store.messages.deliveries(messageId);
  return delivery;
}

async function attemptsKept(store: Store, messageId: string): Promise<number> {
  const query = { limit: 50, order: "ascending", withResponse: false, withMessage: false } as const;
  return (await store.attempts.listByMessage(messageId, query)).rows.length;
}
