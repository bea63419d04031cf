import { expect, test } from "vitest";
import type { Claim, ClaimResult, Lease, Store } from "../store.ts";
import type { Opened, TestDatabase } from "./test-database.ts";
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

export function claimCases(opened: () => Opened): void {
  test("an unclaimed attempt is claimed, with all that it needs", async () => {
    const { attempt } = await acceptOne(opened().store);
    expect(await claimOne(opened().store, attempt, RAVEN)).toEqual({ kind: "claimed", attempt });
  });

  test("what accept claimed is its holder's until the lease ends", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store, { lease: RAVEN });
    const busy = { kind: "busy", untilMs: RAVEN.untilMs };
    expect(await claimOne(store, attempt, OWL)).toEqual(busy);
    expect((await claimOne(store, attempt, RAVEN)).kind).toBe("claimed");
    const oneMsBefore = { ...OWL, nowMs: RAVEN.untilMs - 1 };
    expect(await claimOne(store, attempt, oneMsBefore)).toEqual(busy);
    const whenItEnds = { ...OWL, nowMs: RAVEN.untilMs };
    expect((await claimOne(store, attempt, whenItEnds)).kind).toBe("claimed");
  });

  test("an attempt that was made is superseded by the next", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store, { lease: RAVEN });
    await store.record(aRecord(attempt, { nextAttemptAtMs: NOW_MS + 5_000 }));
    const expected = { kind: "superseded", attemptNumber: 2, nextAttemptAtMs: NOW_MS + 5_000 };
    expect(await claimOne(store, attempt, RAVEN)).toEqual(expected);
    const next = await claimOne(store, { ...attempt, attemptNumber: 2 }, OWL);
    expect(next).toEqual({ kind: "claimed", attempt: { ...attempt, attemptNumber: 2 } });
  });

  test("a delivery that has ended says how", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    await store.record(aSuccess(attempt));
    const ended = { kind: "ended", state: "succeeded" };
    expect(await claimOne(store, { ...attempt, attemptNumber: 2 }, OWL)).toEqual(ended);
  });

  test("a disabled endpoint's delivery is ended, and stays so when it is enabled", async () => {
    const { store } = opened();
    const { endpoint, attempt } = await acceptOne(store);
    await store.endpoints.change(endpoint.id, (found) => ({ ...found, disabled: true }));
    const ended = { kind: "ended", state: "endpoint_disabled" };
    expect(await claimOne(store, attempt, RAVEN)).toEqual(ended);
    await store.endpoints.change(endpoint.id, (found) => ({ ...found, disabled: false }));
    expect(await claimOne(store, attempt, RAVEN)).toEqual(ended);
    expect(await store.pendingDeliveries([attempt.messageId])).toEqual([]);
  });

  test.each(["endpoint", "application"])("a deleted %s ends the delivery", async (what) => {
    const { store } = opened();
    const { application, endpoint, attempt } = await acceptOne(store);
    if (what === "endpoint") await store.endpoints.remove(endpoint.id, NOW_MS);
    else await store.applications.remove(application.id, NOW_MS);
    const ended = { kind: "ended", state: "endpoint_deleted" };
    expect(await claimOne(store, attempt, RAVEN)).toEqual(ended);
    const [delivery] = await store.messages.deliveries(attempt.messageId);
    expect(delivery).toMatchObject({ state: "endpoint_deleted", nextAttemptAtMs: null });
  });

  test("a delivery that nobody knows has ended", async () => {
    const claim = { messageId: "msg_none", endpointId: "ep_none", attemptNumber: 1 };
    const ended = { kind: "ended", state: "endpoint_deleted" };
    expect(await claimOne(opened().store, claim, RAVEN)).toEqual(ended);
  });
}

export function raceCases(opened: () => Opened): void {
  test("results come in the order of the claims, also where one is claimed twice", async () => {
    const { store } = opened();
    const [first, second] = [(await acceptOne(store)).attempt, (await acceptOne(store)).attempt];
    const results = await store.claim([second, first, second], RAVEN);
    const claimed = results.map((one) => one.kind === "claimed" && one.attempt.messageId);
    expect(claimed).toEqual([second.messageId, first.messageId, second.messageId]);
  });

  test("of two carriers that claim the same deliveries, each is one's", async () => {
    const { store, database } = opened();
    await using other = await openAnother(database);
    const claims = await acceptMany(store, 100);
    const [byRaven, byOwl] = await Promise.all([
      Promise.all(claims.map(async (one) => claimOne(store, one, RAVEN))),
      Promise.all(claims.toReversed().map(async (one) => claimOne(other.store, one, OWL))),
    ]);
    const kinds = byRaven.map((one, i) => new Set([one.kind, byOwl.toReversed()[i]?.kind]));
    expect(kinds).toEqual(claims.map(() => new Set(["busy", "claimed"])));
  });

  test("claims and records of the same deliveries, in any order, all come through", async () => {
    const { store, database } = opened();
    await using other = await openAnother(database);
    const made = await acceptMany(store, 100);
    await Promise.all([
      ...made.map(async (one) => store.record(aRecord(one))),
      ...made.toReversed().map(async (one) => claimOne(other.store, one, OWL)),
      other.store.noteWorkflow(made.map(({ messageId }) => messageId).reverse(), "wf"),
    ]);
    const pending = await store.pendingDeliveries(made.map(({ messageId }) => messageId));
    expect(pending.filter(({ attemptNumber }) => attemptNumber === 2)).toHaveLength(100);
  });
}

async function claimOne(store: Store, claim: Claim, lease: Lease): Promise<ClaimResult> {
  const { messageId, endpointId, attemptNumber } = claim;
  const [result] = await store.claim([{ messageId, endpointId, attemptNumber }], lease);
  if (result === undefined) throw new Error("a claim without a result");
  if (result.kind !== "claimed") return result;
  // One database gives bytes, the other Node's own kind of them.
  const payload = Buffer.from(result.attempt.payload);
  return { kind: "claimed", attempt: { ...result.attempt, payload } };
}

async function acceptMany(store: Store, count: number) {
  const application = await createApplication(store);
  await createEndpoint(store, application);
  const messages = Array.from({ length: count }, () => aMessage(application));
  const results = await Promise.all(messages.map(async (one) => store.accept(one)));
  return results.flatMap(attemptsOf);
}

async function openAnother(database: TestDatabase) {
  const store = await database.open();
  return { store, [Symbol.asyncDispose]: async () => store.close() };
}
