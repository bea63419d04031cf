import { expect, test } from "vitest";
import type { Opened } from "./test-database.ts";
import { acceptOne, aRecord, aSuccess, NOW_MS, OWL, RAVEN } from "./fixtures.ts";

export function expungeCases(opened: () => Opened): void {
  test("an expunged payload is gone, and the rest of its message stays", async () => {
    const { messages } = opened().store;
    const { application, attempt } = await acceptOne(opened().store, { eventId: "slip" });
    const before = await messages.find(application.id, "slip", true);
    await messages.expunge(attempt.messageId);
    const after = await messages.find(application.id, "slip", true);
    expect(after).toEqual({ ...before, payload: null });
    await messages.expunge(attempt.messageId);
    expect(await messages.find(application.id, "slip", true)).toEqual(after);
  });

  test("an expunged message's delivery is ended, with nothing to send", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    const { attempt: other } = await acceptOne(store);
    await store.messages.expunge(attempt.messageId);
    const results = await store.claim([attempt, other], RAVEN);
    expect(results).toMatchObject([{ kind: "ended", state: "expunged" }, { kind: "claimed" }]);
    const [delivery] = await store.messages.deliveries(attempt.messageId);
    expect(delivery).toMatchObject({ state: "expunged", attemptsMade: 0, nextAttemptAtMs: null });
    expect(await store.pendingDeliveries([attempt.messageId])).toEqual([]);
  });

  test("an attempt that is in flight when its message is expunged is the last", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store, { lease: RAVEN });
    await store.messages.expunge(attempt.messageId);
    const busy = { kind: "busy", untilMs: RAVEN.untilMs };
    expect(await store.claim([attempt], OWL)).toEqual([busy]);
    await store.record(aRecord(attempt, { nextAttemptAtMs: NOW_MS }));
    const next = await store.claim([{ ...attempt, attemptNumber: 2 }], OWL);
    expect(next).toEqual([{ kind: "ended", state: "expunged" }]);
  });

  test("an expunged answer is gone, and the rest of its attempt stays", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store);
    const { messageId } = attempt;
    const [first, second] = [aRecord(attempt), aSuccess({ ...attempt, attemptNumber: 2 })];
    await store.record(first);
    await store.record(second);
    expect(await store.attempts.expunge("msg_other", first.attempt.id)).toBe(false);
    expect(await store.attempts.expunge(messageId, first.attempt.id)).toBe(true);
    expect(await store.attempts.expunge(messageId, first.attempt.id)).toBe(true);
    const found = async ({ id }: { readonly id: string }) =>
      (await store.attempts.find(messageId, id))?.attempt;
    expect(await found(first.attempt)).toEqual({ ...first.attempt, response: "EXPUNGED" });
    expect(await found(second.attempt)).toEqual(second.attempt);
  });

  test("an attempt that is in flight when its message is expunged may succeed", async () => {
    const { store } = opened();
    const { attempt } = await acceptOne(store, { lease: RAVEN });
    await store.messages.expunge(attempt.messageId);
    await store.record(aSuccess(attempt));
    const next = await store.claim([{ ...attempt, attemptNumber: 2 }], OWL);
    expect(next).toEqual([{ kind: "ended", state: "succeeded" }]);
  });
}
