import { expect, test } from "vitest";
import type { DeliveryState } from "../../domain/delivery.ts";
import { newId } from "../new-id.ts";
import { OVERDUE_MS, type AttemptToMake, type Store } from "../store.ts";
import { acceptOne, aRecord, aSuccess, createEndpoint, NOW_MS, OWL, RAVEN } from "./fixtures.ts";
import type { Opened } from "./test-database.ts";

const LATER_MS = NOW_MS + 60_000;
const ENDS: readonly DeliveryState[] = ["succeeded", "exhausted", "endpoint_disabled", "canceled"];

export function reopenCases(opened: () => Opened): void {
  test.each([...ENDS, "pending"] as const)("the next attempt is due now: %s", async (state) => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    await store.record(aRecord(attempt, { state: "pending" }));
    await store.record(aRecord({ ...attempt, attemptNumber: 2 }, { state }));
    await store.noteWorkflow([attempt.messageId], "deliver-before");
    expect(await reopen(store, attempt)).toEqual([
      {
        id: attempt.messageId,
        applicationId: attempt.applicationId,
        eventType: attempt.eventType,
        deliveries: 1,
        round: LATER_MS,
        isWaiting: true,
        isInLine: false,
      },
    ]);
    const due = { state: "pending", attemptsMade: 2, nextAttemptAtMs: LATER_MS, workflowId: null };
    expect(await deliveryOf(store, attempt)).toMatchObject(due);
    const [claimed] = await store.claim([{ ...attempt, attemptNumber: 3 }], RAVEN);
    expect(claimed).toMatchObject({ kind: "claimed", attempt: { scheduleFrom: 2 } });
    await store.record(aSuccess({ ...attempt, attemptNumber: 3 }));
  });

  test("a message that the endpoint never had gets a delivery, and is found by its labels", async () => {
    const { store } = opened();
    const { application, attempt } = await acceptOne(store, { channels: ["north"], tags: ["a"] });
    await store.record(aSuccess(attempt));
    const later = await createEndpoint(store, application, { eventTypes: ["parcel.sent"] });
    const wanted = { ...attempt, endpointId: later.id };
    expect(await reopen(store, wanted)).toMatchObject([{ deliveries: 1, isWaiting: true }]);
    expect(await deliveryOf(store, wanted)).toMatchObject({ state: "pending", attemptsMade: 0 });
    const page = { limit: 5, order: "ascending", channel: "north", withPayload: false } as const;
    expect((await store.messages.listByEndpoint(later.id, page)).rows).toHaveLength(1);
    const [claimed] = await store.claim([wanted], RAVEN);
    expect(claimed).toMatchObject({ kind: "claimed", attempt: { scheduleFrom: 0 } });
    await store.record(aSuccess(wanted));
  });

  test("where nobody takes it up it is overdue, as a workflow of another id", async () => {
    const { store } = opened();
    const { application, attempt } = await acceptOne(store);
    await store.record(aRecord(attempt, { state: "exhausted" }));
    await reopen(store, attempt);
    const taken = { id: attempt.messageId, applicationId: application.id, deliveries: 1 };
    const overdueAtMs = LATER_MS + OVERDUE_MS;
    expect(await store.takeOverdue(overdueAtMs - 1, 9)).toEqual([]);
    expect(await store.takeOverdue(overdueAtMs, 9)).toEqual([{ ...taken, round: LATER_MS }]);
    expect(await reopen(store, attempt)).toMatchObject([{ round: LATER_MS + 1 }]);
    await store.record(aSuccess({ ...attempt, attemptNumber: 2 }));
  });
}

export function reopenOnceCases(opened: () => Opened): void {
  test("what has begun anew since is left as it is, and answered all the same", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    await store.record(aRecord(attempt, { state: "exhausted" }));
    const [first] = await reopen(store, attempt, LATER_MS - 5);
    const [again] = await reopen(store, attempt, LATER_MS - 5);
    expect([again, again?.round]).toEqual([first, LATER_MS]);
    await store.noteWorkflow([attempt.messageId], "deliver-anew");
    await store.record(aSuccess({ ...attempt, attemptNumber: 2 }));
    expect(await reopen(store, attempt, LATER_MS)).toMatchObject([{ isWaiting: false }]);
    expect(await deliveryOf(store, attempt)).toMatchObject({ state: "succeeded" });
    // The clock of whoever began the task is ahead of this one's.
    expect(await reopen(store, attempt, LATER_MS + 7)).toMatchObject([{ round: LATER_MS + 7 }]);
    await store.record(aSuccess({ ...attempt, attemptNumber: 3 }));
  });

  test("of two that do the same at once one does it", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    await store.record(aRecord(attempt, { state: "exhausted" }));
    const both = await Promise.all([1, 2].map(() => reopen(store, attempt, LATER_MS)));
    expect(both.map((messages) => messages.map(({ round }) => round))).toEqual([
      [LATER_MS],
      [LATER_MS],
    ]);
    await store.record(aSuccess({ ...attempt, attemptNumber: 2 }));
  });
}

export function reopenRefusalCases(opened: () => Opened): void {
  test("not without a payload, nor at an endpoint that is disabled, deleted, or another's", async () => {
    const { store } = opened();
    const { endpoint, attempt } = await acceptOne(store);
    const other = await acceptOne(store);
    const expired = await acceptOne(store, { payloadExpiresAtMs: LATER_MS });
    for (const one of [attempt, other.attempt, expired.attempt]) await store.record(aSuccess(one));
    expect(await reopen(store, expired.attempt)).toEqual([]);
    expect(await reopen(store, { ...attempt, endpointId: other.endpoint.id })).toEqual([]);
    expect(await reopen(store, { ...attempt, messageId: newId("msg", NOW_MS) })).toEqual([]);
    await store.messages.expunge(other.attempt.messageId);
    expect(await reopen(store, other.attempt)).toEqual([]);
    await store.endpoints.change(endpoint.id, (found) => ({ ...found, disabled: true }));
    expect(await reopen(store, attempt)).toEqual([]);
    await store.endpoints.remove(endpoint.id, NOW_MS);
    expect(await reopen(store, attempt)).toEqual([]);
    expect(await deliveryOf(store, attempt)).toMatchObject({ state: "succeeded" });
  });

  test("an attempt that is under way is overtaken: of what it comes to, only a success counts", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store, { lease: { ...RAVEN, untilMs: LATER_MS + 1 } });
    await reopen(store, attempt);
    const due = { state: "pending", attemptsMade: 1, nextAttemptAtMs: LATER_MS };
    expect(await deliveryOf(store, attempt)).toMatchObject(due);
    await store.record(aRecord(attempt, { state: "exhausted" }));
    expect(await deliveryOf(store, attempt)).toMatchObject(due);
    const [claimed] = await store.claim([{ ...attempt, attemptNumber: 2 }], OWL);
    expect(claimed).toMatchObject({ kind: "claimed", attempt: { scheduleFrom: 1 } });
    const [overtaken] = await store.claim([attempt], OWL);
    expect(overtaken).toMatchObject({ kind: "superseded", attemptNumber: 2 });
    await store.record(aSuccess(attempt));
    expect(await deliveryOf(store, attempt)).toMatchObject({ state: "succeeded" });
  });
}

function reopen(store: Store, attempt: AttemptToMake, unlessSinceMs: number | null = null) {
  const { applicationId, endpointId, messageId } = attempt;
  const messageIds = [messageId];
  const at = { applicationId, endpointId, messageIds };
  return store.deliveries.reopen({ ...at, nowMs: LATER_MS, unlessSinceMs });
}

async function deliveryOf(store: Store, { messageId, endpointId }: AttemptToMake) {
  const deliveries = await store.messages.deliveries(messageId);
  return deliveries.find((one) => one.endpointId === endpointId);
}
