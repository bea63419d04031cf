import { expect, test } from "vitest";
import { OVERDUE_MS } from "../store.ts";
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
  RAVEN,
} from "./fixtures.ts";

const OVERDUE_AT_MS = NOW_MS + OVERDUE_MS;
const ENOUGH = 1_000;

/** The sweep is over all that there is, so each case leaves nothing overdue. */
export function sweepCases(opened: () => Opened): void {
  test("a message is overdue 30 s after its attempt was due, and taken once", async () => {
    const { store } = opened();
    const { application, attempt } = await acceptOne(store);
    const { messageId: id } = attempt;
    const taken = [{ id, applicationId: application.id, deliveries: 1, round: 0 }];
    expect(await store.takeOverdue(OVERDUE_AT_MS - 1, ENOUGH)).toEqual([]);
    expect(await store.takeOverdue(OVERDUE_AT_MS, ENOUGH)).toEqual(taken);
    expect(await store.takeOverdue(OVERDUE_AT_MS + OVERDUE_MS - 1, ENOUGH)).toEqual([]);
    expect(await store.takeOverdue(OVERDUE_AT_MS + OVERDUE_MS, ENOUGH)).toEqual(taken);
    await store.record(aSuccess(attempt));
  });

  test("what is claimed is not overdue until its lease ends", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store, { lease: RAVEN });
    expect(await store.takeOverdue(RAVEN.untilMs - 1, ENOUGH)).toEqual([]);
    expect(await store.takeOverdue(RAVEN.untilMs, ENOUGH)).toHaveLength(1);
    await store.record(aSuccess(attempt));
  });

  test("a retry is overdue 30 s after it was due; what has ended never is", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    await store.record(aRecord(attempt, { nextAttemptAtMs: NOW_MS + 5_000 }));
    expect(await store.takeOverdue(OVERDUE_AT_MS + 4_999, ENOUGH)).toEqual([]);
    expect(await store.takeOverdue(OVERDUE_AT_MS + 5_000, ENOUGH)).toHaveLength(1);
    await store.record(aSuccess({ ...attempt, attemptNumber: 2 }));
    expect(await store.takeOverdue(NOW_MS + 10 * OVERDUE_MS, ENOUGH)).toEqual([]);
  });
}

export function siblingCases(opened: () => Opened): void {
  test("a message comes with the number of its deliveries that have not ended", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    for (let i = 0; i < 3; i++) await createEndpoint(store, application);
    const [ended, waits, late] = attemptsOf(await store.accept(aMessage(application)));
    if (!ended || !waits || !late) throw new Error("three attempts expected");
    await store.record(aSuccess(ended));
    await store.record(aRecord(waits, { nextAttemptAtMs: NOW_MS + 2 * OVERDUE_MS }));
    expect(await store.takeOverdue(OVERDUE_AT_MS, ENOUGH)).toMatchObject([{ deliveries: 2 }]);
    await store.record(aSuccess(late));
    await store.record(aSuccess({ ...waits, attemptNumber: 2 }));
  });

  test("a message is not offered again for the sake of a delivery that was overdue later", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    await createEndpoint(store, application);
    await createEndpoint(store, application);
    const [early, late] = attemptsOf(await store.accept(aMessage(application)));
    if (early === undefined || late === undefined) throw new Error("two attempts expected");
    await store.record(aRecord(early, { nextAttemptAtMs: NOW_MS + 1_000 }));
    await store.record(aRecord(late, { nextAttemptAtMs: NOW_MS + 6_000 }));
    expect(await store.takeOverdue(OVERDUE_AT_MS + 1_000, ENOUGH)).toHaveLength(1);
    expect(await store.takeOverdue(OVERDUE_AT_MS + 6_000, ENOUGH)).toEqual([]);
    for (const one of [early, late]) await store.record(aSuccess({ ...one, attemptNumber: 2 }));
  });

  test("a delivery that waits for hours does not make its message overdue meanwhile", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    await createEndpoint(store, application);
    await createEndpoint(store, application);
    const [late, waits] = attemptsOf(await store.accept(aMessage(application)));
    if (late === undefined || waits === undefined) throw new Error("two attempts expected");
    const hoursMs = 7_200_000;
    await store.record(aRecord(waits, { nextAttemptAtMs: NOW_MS + hoursMs }));
    expect(await store.takeOverdue(OVERDUE_AT_MS, ENOUGH)).toHaveLength(1);
    await store.record(aSuccess(late));
    expect(await store.takeOverdue(OVERDUE_AT_MS + hoursMs - 1, ENOUGH)).toEqual([]);
    await store.record(aSuccess({ ...waits, attemptNumber: 2 }));
  });
}

export function sweeperCases(opened: () => Opened): void {
  test("two sweepers share what is overdue: each message is one's, with all its deliveries", async () => {
    const { store, database } = opened();
    const other = await database.open();
    const application = await createApplication(store);
    await createEndpoint(store, application);
    await createEndpoint(store, application);
    const messages = Array.from({ length: 50 }, () => aMessage(application));
    const accepted = await Promise.all(messages.map(async (one) => store.accept(one)));

    const rounds = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? store : other));
    const taken = await Promise.all(
      rounds.map(async (sweeper) => sweeper.takeOverdue(OVERDUE_AT_MS, 7)),
    );
    taken.push(await store.takeOverdue(OVERDUE_AT_MS, ENOUGH));
    const ids = taken.flat().map(({ id }) => id);
    expect(ids.toSorted()).toEqual(messages.map(({ id }) => id).sort());
    await Promise.all(accepted.flatMap(attemptsOf).map(async (one) => store.record(aSuccess(one))));
    await other.close();
  });

  test("no more messages are taken than asked for, the longest overdue first", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    await createEndpoint(store, application);
    const ages = [3, 1, 2].map((ms) => aMessage(application, { acceptedAtMs: NOW_MS + ms }));
    for (const one of ages) await store.accept(one);
    const taken = await store.takeOverdue(OVERDUE_AT_MS + 3, 2);
    expect(taken.map(({ id }) => id)).toEqual([ages[1]?.id, ages[2]?.id]);
  });
}

export function workflowCases(opened: () => Opened): void {
  test("the deliveries of a message name the workflow that carries them", async () => {
    const { store } = opened();
    const carried = (await acceptOne(store)).attempt;
    const other = (await acceptOne(store)).attempt;
    await store.noteWorkflow([carried.messageId, "msg_none"], "deliver-1");
    const [noted] = await store.messages.deliveries(carried.messageId);
    const [unnoted] = await store.messages.deliveries(other.messageId);
    expect([noted?.workflowId, unnoted?.workflowId]).toEqual(["deliver-1", null]);
  });

  test("pending deliveries are those that have not ended, each with its next attempt", async () => {
    const { store } = opened();
    const [fresh, failed, ended] = [
      await acceptOne(store),
      await acceptOne(store),
      await acceptOne(store),
    ];
    await store.record(aRecord(failed.attempt, { nextAttemptAtMs: NOW_MS + 5_000 }));
    await store.record(aSuccess(ended.attempt));
    const messages = [fresh, failed, ended].map(({ attempt }) => attempt.messageId);
    const pending = await store.pendingDeliveries(messages);
    expect(pending.toSorted((a, b) => a.attemptNumber - b.attemptNumber)).toEqual(
      [fresh, failed].map(({ application, endpoint, attempt }, i) => ({
        messageId: attempt.messageId,
        endpointId: endpoint.id,
        applicationId: application.id,
        attemptNumber: i + 1,
        nextAttemptAtMs: NOW_MS + i * 5_000,
      })),
    );
  });
}
