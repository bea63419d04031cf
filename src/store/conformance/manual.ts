import { expect, test } from "vitest";
import type { DeliveryState } from "../../domain/delivery.ts";
import { newId } from "../new-id.ts";
import type { AttemptToMake, Lease, Store } from "../store.ts";
import { acceptOne, aRecord, createEndpoint, NOW_MS, OWL, RAVEN } from "./fixtures.ts";
import { byHand, claimManual } from "./manual-fixtures.ts";
import type { Opened } from "./test-database.ts";

const ENDS: readonly DeliveryState[] = ["succeeded", "exhausted", "endpoint_disabled"];
const LATER: Lease = { ...OWL, nowMs: RAVEN.untilMs, untilMs: RAVEN.untilMs + 40_000 };

export function manualClaimCases(opened: () => Opened): void {
  test("an attempt is claimed while the next one of the schedule waits", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store, { channels: ["north"], tags: ["a"] });
    await store.record(aRecord(attempt));
    const claimed = { kind: "claimed", attempt: { ...attempt, attemptNumber: 0 } };
    expect(await claimManual(store, attempt, RAVEN)).toEqual(claimed);
  });

  test.each(ENDS)("… and when the delivery has ended: %s", async (state) => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    await store.record(aRecord(attempt, { state }));
    expect((await claimManual(store, attempt, RAVEN)).kind).toBe("claimed");
    expect(await deliveryOf(store, attempt)).toMatchObject({ state, attemptsMade: 1 });
  });

  test("a message that the endpoint never had gets a delivery that has ended", async () => {
    const { store } = opened();
    const { application, attempt } = await acceptOne(store, { channels: ["north"] });
    const later = await createEndpoint(store, application, { eventTypes: ["parcel.sent"] });
    const wanted = { ...attempt, endpointId: later.id };
    expect(await claimManual(store, wanted, RAVEN)).toMatchObject({
      kind: "claimed",
      attempt: { endpointId: later.id, attemptNumber: 0, eventType: "letter.sent" },
    });
    const delivery = { state: "exhausted", attemptsMade: 0, nextAttemptAtMs: null };
    expect(await deliveryOf(store, wanted)).toMatchObject(delivery);
    expect(await claimManual(store, wanted, OWL)).toEqual({ kind: "busy", untilMs: RAVEN.untilMs });
    const listed = await store.messages.listByEndpoint(later.id, {
      limit: 5,
      order: "ascending",
      channel: "north",
      withPayload: false,
    });
    expect(listed.rows.map(({ message }) => message.id)).toEqual([attempt.messageId]);
  });
}

export function manualRefusalCases(opened: () => Opened): void {
  test("it is refused where there is nothing to send, or nobody to send it to", async () => {
    const { store } = opened();
    const { application, endpoint, attempt } = await acceptOne(store);
    const expired = await acceptOne(store, { payloadExpiresAtMs: NOW_MS });
    expect(await claimManual(store, expired.attempt, RAVEN)).toEqual(refused("expunged"));
    await store.messages.expunge(attempt.messageId);
    expect(await claimManual(store, attempt, RAVEN)).toEqual(refused("expunged"));
    await disable(store, application.id, endpoint.id);
    expect(await claimManual(store, attempt, RAVEN)).toEqual(refused("endpoint_disabled"));
    await store.endpoints.remove(endpoint.id, NOW_MS);
    expect(await claimManual(store, attempt, RAVEN)).toEqual(refused("endpoint_deleted"));
    expect(await deliveryOf(store, attempt)).toMatchObject({ state: "pending", attemptsMade: 0 });
    const unknown = { ...attempt, messageId: newId("msg", NOW_MS) };
    expect(await claimManual(store, unknown, RAVEN)).toEqual(refused("endpoint_deleted"));
  });

  test("neither a message nor an endpoint of another application is reached", async () => {
    const { store } = opened();
    const [{ attempt }, other] = [await acceptOne(store), await acceptOne(store)];
    const theirs = { ...attempt, endpointId: other.attempt.endpointId };
    expect(await claimManual(store, theirs, RAVEN)).toEqual(refused("endpoint_deleted"));
    const asTheirs = { ...theirs, applicationId: other.application.id };
    expect(await claimManual(store, asTheirs, RAVEN)).toEqual(refused("endpoint_deleted"));
    expect(await store.messages.deliveries(attempt.messageId)).toHaveLength(1);
  });

  test("it is not claimed again where it was attempted since", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    const before = aRecord(attempt, { state: "exhausted", id: newId("atmpt", NOW_MS - 8) });
    await store.record(before);
    const since = { unlessAttemptedFrom: newId("atmpt", NOW_MS - 4) };
    expect((await claimManual(store, attempt, RAVEN, since)).kind).toBe("claimed");
    await store.recordManual(byHand(attempt, { id: newId("atmpt", NOW_MS) }));
    const failed = { kind: "attempted", succeeded: false };
    expect(await claimManual(store, attempt, RAVEN, since)).toEqual(failed);
    await store.recordManual(byHand(attempt, { id: newId("atmpt", NOW_MS + 4), succeeded: true }));
    const succeeded = { kind: "attempted", succeeded: true };
    expect(await claimManual(store, attempt, RAVEN, since)).toEqual(succeeded);
    expect((await claimManual(store, attempt, OWL)).kind).toBe("claimed");
  });
}

export function manualRecordCases(opened: () => Opened): void {
  test.each([...ENDS, "pending"] as const)("a success makes it succeeded: %s", async (state) => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    await store.record(aRecord(attempt, { state }));
    await claimManual(store, attempt, RAVEN);
    const record = byHand(attempt, { succeeded: true, statusCode: 200 });
    await store.recordManual(record);
    const delivery = { state: "succeeded", attemptsMade: 1, nextAttemptAtMs: null };
    expect(await deliveryOf(store, attempt)).toMatchObject(delivery);
    const found = await store.attempts.find(attempt.messageId, record.attempt.id);
    expect(found?.attempt).toEqual(record.attempt);
    const [sleeper] = await store.claim([{ ...attempt, attemptNumber: 2 }], OWL);
    expect(sleeper).toEqual({ kind: "ended", state: "succeeded" });
    expect(await store.takeOverdue(NOW_MS + 900_000, 100)).toEqual([]);
  });

  test.each([...ENDS, "pending"] as const)("a failure leaves it as it is: %s", async (state) => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    await store.record(aRecord(attempt, { state }));
    const before = await deliveryOf(store, attempt);
    await claimManual(store, attempt, RAVEN);
    await store.recordManual(byHand(attempt));
    expect(await deliveryOf(store, attempt)).toEqual(before);
    const [next] = await store.claim([{ ...attempt, attemptNumber: 2 }], OWL);
    expect(next?.kind).toBe(state === "pending" ? "claimed" : "ended");
    expect((await claimManual(store, attempt, { ...RAVEN, holder: "raven" })).kind).toBe(
      state === "pending" ? "busy" : "claimed",
    );
  });

  test("an endpoint that is gone is disabled, and the schedule's next attempt finds it so", async () => {
    const { store } = opened();
    const { application, endpoint, attempt } = await acceptOne(store);
    await claimManual(store, attempt, RAVEN);
    const gone = { statusCode: 410, endedAtMs: NOW_MS + 7 };
    await store.recordManual({ ...byHand(attempt, gone), endpointIsGone: true });
    const found = await store.endpoints.find(application.id, endpoint.id);
    expect(found).toMatchObject({ disabled: true, updatedAtMs: NOW_MS + 7 });
    const [next] = await store.claim([attempt], OWL);
    expect(next).toEqual({ kind: "ended", state: "endpoint_disabled" });
  });

  test("a failure that comes late does not release what another has claimed meanwhile", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    await claimManual(store, attempt, RAVEN);
    const [scheduled] = await store.claim([attempt], LATER);
    expect(scheduled?.kind).toBe("claimed");
    await store.recordManual(byHand(attempt));
    const busy = { kind: "busy", untilMs: LATER.untilMs };
    expect(await claimManual(store, attempt, { ...RAVEN, nowMs: LATER.nowMs })).toEqual(busy);
  });
}

function refused(reason: string) {
  return { kind: "refused", reason };
}

async function disable(store: Store, applicationId: string, endpointId: string): Promise<void> {
  await store.endpoints.change(endpointId, (found) => ({ ...found, disabled: true }));
  const found = await store.endpoints.find(applicationId, endpointId);
  expect(found?.disabled).toBe(true);
}

async function deliveryOf(store: Store, { messageId, endpointId }: AttemptToMake) {
  const deliveries = await store.messages.deliveries(messageId);
  return deliveries.find((one) => one.endpointId === endpointId);
}
