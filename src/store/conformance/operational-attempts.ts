import { expect, test } from "vitest";
import type { OperationalEventType } from "../../domain/operational-events.ts";
import { aRecord, createEndpoint, NOW_MS, RAVEN } from "./fixtures.ts";
import { byHand, claimManual } from "./manual-fixtures.ts";
import {
  acceptFor,
  aToldCustomer,
  failTimes,
  succeedAt,
  toldTo,
  typesToldTo,
} from "./operational-fixtures.ts";
import type { Opened } from "./test-database.ts";

const ATTEMPTS: readonly OperationalEventType[] = [
  "message.attempt.failing",
  "message.attempt.exhausted",
  "message.attempt.recovered",
];

export function toldOfAttemptCases(opened: () => Opened): void {
  test("the fourth failure in a row is told, the last one, and a success after the fourth", async () => {
    const { store } = opened();
    const customer = await aToldCustomer(store, ATTEMPTS);
    await createEndpoint(store, customer, { uid: "the-endpoint" });
    const [lost, saved, quick] = [
      await acceptFor(store, customer),
      await acceptFor(store, customer),
      await acceptFor(store, customer),
    ];
    await failTimes(store, quick, 1, 2, 3);
    await succeedAt(store, quick, 4);
    await failTimes(store, lost, 1, 2, 3);
    expect(await typesToldTo(store, customer)).toEqual([]);
    await failTimes(store, lost, 4, 5, 6, 7);
    const last = aRecord({ ...lost, attemptNumber: 8 }, { state: "exhausted", statusCode: 503 });
    await store.record(last);
    await failTimes(store, saved, 1, 2, 3, 4);
    await succeedAt(store, saved, 5);
    const told = await toldTo(store, customer.organizationId);
    expect(told.map(({ type }) => type)).toEqual([
      "message.attempt.failing",
      "message.attempt.exhausted",
      "message.attempt.failing",
      "message.attempt.recovered",
    ]);
    const message = await store.messages.find(customer.id, lost.messageId, false);
    expect(told[1]?.facts).toEqual({
      applicationId: customer.id,
      applicationUid: customer.uid,
      endpointId: lost.endpointId,
      endpointUid: "the-endpoint",
      messageId: lost.messageId,
      messageEventId: message?.eventId,
      attemptId: last.attempt.id,
      statusCode: 503,
      endedAtMs: NOW_MS,
    });
    expect(told[3]?.facts).toMatchObject({ messageId: saved.messageId, statusCode: 204 });
  });
}

export function toldOfOtherAttemptCases(opened: () => Opened): void {
  test("where there are no more than four attempts, the fourth failure is the last one", async () => {
    const { store } = opened();
    const customer = await aToldCustomer(store, ATTEMPTS);
    await createEndpoint(store, customer);
    const attempt = await acceptFor(store, customer);
    await failTimes(store, attempt, 1, 2, 3);
    await store.record(aRecord({ ...attempt, attemptNumber: 4 }, { state: "exhausted" }));
    expect(await typesToldTo(store, customer)).toEqual(["message.attempt.exhausted"]);
  });

  test("what 410 ended is exhausted; what its owner ended, or attempts by hand, are not told", async () => {
    const { store } = opened();
    const customer = await aToldCustomer(store, ATTEMPTS);
    await createEndpoint(store, customer);
    const [canceled, byOwner, gone] = [
      await acceptFor(store, customer),
      await acceptFor(store, customer),
      await acceptFor(store, customer),
    ];
    await failTimes(store, byOwner, 1, 2, 3, 4, 5);
    const made = await claimManual(store, byOwner, RAVEN);
    if (made.kind !== "claimed") throw new Error(made.kind);
    await store.recordManual(byHand(made.attempt, { succeeded: true, statusCode: 204 }));
    await store.deliveries.cancelOne(canceled);
    expect(await typesToldTo(store, customer)).toEqual(["message.attempt.failing"]);
    await store.record(aRecord(gone, { state: "endpoint_gone", statusCode: 410 }));
    expect((await typesToldTo(store, customer))[1]).toBe("message.attempt.exhausted");
  });
}

export function toldOfManyAttemptCases(opened: () => Opened): void {
  test("a schedule that begins anew counts from its own first attempt", async () => {
    const { store } = opened();
    const customer = await aToldCustomer(store, ATTEMPTS);
    await createEndpoint(store, customer);
    const attempt = await acceptFor(store, customer);
    await failTimes(store, attempt, 1, 2);
    const { applicationId, endpointId, messageId } = attempt;
    const anew = { applicationId, endpointId, messageIds: [messageId], nowMs: NOW_MS };
    await store.deliveries.reopen({ ...anew, unlessSinceMs: null });
    await failTimes(store, attempt, 3, 4, 5);
    expect(await typesToldTo(store, customer)).toEqual([]);
    await failTimes(store, attempt, 6);
    await succeedAt(store, attempt, 7);
    const told = ["message.attempt.failing", "message.attempt.recovered"];
    expect(await typesToldTo(store, customer)).toEqual(told);
  });

  test("of many that are recorded at once, each is told once, and once though it comes twice", async () => {
    const { store } = opened();
    const customer = await aToldCustomer(store, ATTEMPTS);
    await createEndpoint(store, customer);
    const attempts = await Promise.all(
      Array.from({ length: 30 }, async () => acceptFor(store, customer)),
    );
    const ends = (attemptNumber: number) =>
      attempts.map(async (one) =>
        store.record(aRecord({ ...one, attemptNumber }, { state: "exhausted" })),
      );
    await Promise.all(ends(1));
    await Promise.all(ends(1));
    const told = await toldTo(store, customer.organizationId);
    const ids = told.map(({ facts }) => ("messageId" in facts ? String(facts.messageId) : ""));
    expect(ids.toSorted()).toEqual(attempts.map(({ messageId }) => messageId).toSorted());
  });
}
