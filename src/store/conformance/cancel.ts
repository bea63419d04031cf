import { expect, test } from "vitest";
import { lowestIdAt } from "../../domain/ids.ts";
import type { Application } from "../../domain/records.ts";
import { newId } from "../new-id.ts";
import type { Store } from "../store.ts";
import type { Opened } from "./test-database.ts";
import {
  acceptOne,
  aMessage,
  aRecord,
  aSuccess,
  attemptsOf,
  createApplication,
  createEndpoint,
  NOW_MS,
  OWL,
  RAVEN,
} from "./fixtures.ts";

const ANY = lowestIdAt("msg", NOW_MS + 3_600_000);

export function cancelCases(opened: () => Opened): void {
  test("what is pending has ended, whether it was attempted before or not", async () => {
    const { store } = opened();
    const { application, endpoint, attempt: fresh } = await acceptOne(store);
    const [retried, done] = await acceptMore(store, application, 2);
    if (retried === undefined || done === undefined) expect.unreachable();
    await store.record(aRecord(retried));
    await store.record(aSuccess(done));

    expect(await store.deliveries.cancel(endpoint.id, ANY)).toBe(2);
    const canceled = { state: "canceled", nextAttemptAtMs: null };
    expect(await deliveryOf(store, fresh.messageId)).toMatchObject(canceled);
    expect(await deliveryOf(store, retried.messageId)).toMatchObject(canceled);
    expect(await deliveryOf(store, done.messageId)).toMatchObject({ state: "succeeded" });
    const ids = [fresh.messageId, retried.messageId];
    expect(await store.pendingDeliveries(ids)).toEqual([]);
    expect(await store.claim([fresh], RAVEN)).toEqual([{ kind: "ended", state: "canceled" }]);
    expect(await store.deliveries.cancel(endpoint.id, ANY)).toBe(0);
  });

  test("messages from a time on, and those of other endpoints, stay", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const [ours, other] = [
      await createEndpoint(store, application),
      await createEndpoint(store, application),
    ];
    const ids = [0, 1, 2].map((second) => newId("msg", NOW_MS + second * 1_000));
    for (const id of ids) await store.accept(aMessage(application, { id }));
    const messageIdBelow = lowestIdAt("msg", NOW_MS + 1_000);
    expect(await store.deliveries.cancel(ours.id, messageIdBelow)).toBe(1);
    const pending = await store.pendingDeliveries(ids);
    const at = (endpointId: string) =>
      pending.filter((one) => one.endpointId === endpointId).map(({ messageId }) => messageId);
    expect(at(ours.id).sort()).toEqual(ids.slice(1));
    expect(at(other.id).sort()).toEqual(ids);
  });

  test("an attempt that is in flight is kept, and is the last", async () => {
    const { store } = opened();
    const { endpoint, attempt } = await acceptOne(store, { lease: RAVEN });
    await store.deliveries.cancel(endpoint.id, ANY);
    const record = aRecord(attempt, { nextAttemptAtMs: NOW_MS });
    await store.record(record);
    expect(await deliveryOf(store, attempt.messageId)).toMatchObject({ state: "canceled" });
    expect(await store.attempts.find(attempt.messageId, record.attempt.id)).toBeDefined();
    const next = await store.claim([{ ...attempt, attemptNumber: 2 }], OWL);
    expect(next).toEqual([{ kind: "ended", state: "canceled" }]);
  });

  test("however many they are, each once, beside attempts that are recorded", async () => {
    const { store } = opened();
    const { application, endpoint } = await acceptOne(store);
    const attempts = await acceptMore(store, application, 1_100);
    const [canceled] = await Promise.all([
      store.deliveries.cancel(endpoint.id, ANY),
      ...attempts.slice(0, 50).map((attempt) => store.record(aSuccess(attempt))),
    ]);
    const states = new Map<string, number>();
    for (const { messageId } of attempts) {
      const { state } = await deliveryOf(store, messageId);
      states.set(state, (states.get(state) ?? 0) + 1);
    }
    expect([...states.keys()].filter((state) => state !== "succeeded")).toEqual(["canceled"]);
    expect(states.get("canceled")).toBe(canceled - 1);
  });
}

export function cancelOneCases(opened: () => Opened): void {
  test("one delivery that is pending ends as canceled; how another has ended is answered", async () => {
    const { store } = opened();
    const { application, attempt } = await acceptOne(store);
    const other = await createEndpoint(store, application);
    const [next] = attemptsOf(
      await store.accept(aMessage(application, { recipients: { endpointId: other.id } })),
    );
    if (next === undefined) expect.unreachable();
    expect(await store.deliveries.cancelOne(attempt)).toBe("canceled");
    expect(await store.deliveries.cancelOne(attempt)).toBe("canceled");
    expect(await store.claim([attempt], RAVEN)).toEqual([{ kind: "ended", state: "canceled" }]);
    expect(await deliveryOf(store, next.messageId)).toMatchObject({ state: "pending" });
    await store.record(aSuccess(next));
    expect(await store.deliveries.cancelOne(next)).toBe("succeeded");
    expect(await deliveryOf(store, next.messageId)).toMatchObject({ state: "succeeded" });
    const none = { messageId: attempt.messageId, endpointId: other.id };
    expect(await store.deliveries.cancelOne(none)).toBeUndefined();
  });
}

async function acceptMore(store: Store, application: Application, many: number) {
  const results = Array.from({ length: many }, () => store.accept(aMessage(application)));
  return (await Promise.all(results)).flatMap(attemptsOf);
}

async function deliveryOf(store: Store, messageId: string) {
  const [delivery] = await store.messages.deliveries(messageId);
  if (delivery === undefined) throw new Error("no delivery");
  return delivery;
}
