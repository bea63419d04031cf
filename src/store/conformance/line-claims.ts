import { expect, test } from "vitest";
import type { PendingDelivery } from "../store.ts";
import { aRecord, aSuccess, NOW_MS, OWL, RAVEN } from "./fixtures.ts";
import { acceptSome, attemptOf, idsOf, key, ordered, waiting } from "./line-fixtures.ts";
import type { Opened } from "./test-database.ts";

export function lineRefusalCases(opened: () => Opened): void {
  test("only the first is claimed, and only by who carries the line", async () => {
    const { store } = opened();
    const { application, endpoint } = await ordered(store);
    const [first, second] = await acceptSome(store, application, endpoint, 2);
    const claim = async (one: PendingDelivery | undefined, isInLine: boolean) => {
      const [result] = await store.claim([{ ...key(one), inLine: isInLine }], RAVEN);
      return result?.kind;
    };
    expect(await claim(first, false)).toBe("in_line");
    expect(await claim(second, true)).toBe("in_line");
    expect(await claim(first, true)).toBe("claimed");
    expect(await claim(second, true)).toBe("in_line");
    await store.record(aRecord(attemptOf(first)));
    expect(await claim(second, true)).toBe("in_line");
    await store.deliveries.cancelOne(key(first));
    expect(await claim(second, true)).toBe("claimed");
    const [other] = await store.claim([{ ...key(second), inLine: true }], OWL);
    expect(other?.kind).toBe("busy");
  });

  test("of carriers that meet one claims the first, and none another", async () => {
    const { store, database } = opened();
    const another = await database.open();
    const { application, endpoint } = await ordered(store);
    const line = await acceptSome(store, application, endpoint, 20);
    const claims = line.map((one) => ({ ...key(one), inLine: true }));
    const results = await Promise.all([
      store.claim(claims, RAVEN),
      another.claim(claims.toReversed(), OWL),
    ]);
    const kinds = results.flat().map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "claimed")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "busy")).toHaveLength(1);
    await another.close();
  });

  test("a success by hand in the middle takes it out of the line", async () => {
    const { store } = opened();
    const { application, endpoint } = await ordered(store);
    const [first, second, third] = await acceptSome(store, application, endpoint, 3);
    const claim = { ...key(second), applicationId: application.id };
    const claimed = await store.claimManual(claim, RAVEN);
    if (claimed.kind !== "claimed") return expect.unreachable();
    expect(claimed.attempt.inLine).toBe(true);
    const { state: _, nextAttemptAtMs: __, ...made } = aSuccess(claimed.attempt, { number: 0 });
    await store.recordManual({ ...made, holder: RAVEN.holder, endpointIsGone: false });
    const left = [first?.messageId, third?.messageId];
    expect(idsOf(await waiting(store, endpoint))).toEqual(left);
  });

  test("what begins anew takes the place that it had, and holds up the others again", async () => {
    const { store } = opened();
    const { application, endpoint } = await ordered(store);
    const [first, second] = await acceptSome(store, application, endpoint, 2);
    await store.record(aRecord(attemptOf(first), { state: "exhausted" }));
    const [reopened] = await store.deliveries.reopen({
      applicationId: application.id,
      endpointId: endpoint.id,
      messageIds: [first?.messageId ?? ""],
      nowMs: NOW_MS,
      unlessSinceMs: null,
    });
    expect(reopened).toMatchObject({ isWaiting: false, isInLine: true });
    const ids = [first?.messageId, second?.messageId];
    expect(idsOf(await waiting(store, endpoint))).toEqual(ids);
  });
}
