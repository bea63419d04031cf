import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aRecord } from "../../store/conformance/fixtures.ts";
import { NEVER, openTestCarriers, type TestCarriers } from "./test-carriers.ts";

let given: TestCarriers;
beforeEach(async () => {
  given = await openTestCarriers();
});
afterEach(() => given.store.close());

describe("a task that begins schedules anew", () => {
  it("has workflows carry them, each message once", async () => {
    const ids = await given.failMany(230);
    const { status, progress } = await given.toTheEnd(
      given.carrier(),
      await given.recover({ retry: true }),
    );
    expect([status, progress.counts]).toEqual(["finished", { found: 230, sent: 230 }]);
    expect([given.started.toSorted(), given.posted]).toEqual([ids, []]);
    const pending = await given.store.pendingDeliveries(ids);
    expect(pending.map(({ attemptNumber }) => attemptNumber)).toEqual(ids.map(() => 2));
  });

  it("does not begin again what a lost carrier had begun, and has it carried", async () => {
    const ids = await given.failMany(3);
    const task = await given.recover({ retry: true });
    const lost = {
      ...given.store.backgroundTasks,
      change: async (...asked: Parameters<typeof given.store.backgroundTasks.change>) => {
        if (asked[1].progress.counts.sent !== undefined) throw new Error("killed");
        return given.store.backgroundTasks.change(...asked);
      },
    };
    const carry = given.carrier("lost process", { backgroundTasks: lost });
    await expect(carry.page(task.id, NEVER)).rejects.toThrow("killed");
    const [first = ""] = ids;
    const [attempt] = await given.store.pendingDeliveries([first]);
    if (attempt === undefined) expect.unreachable();
    const lease = { holder: "h", nowMs: Date.now(), untilMs: Date.now() + 60_000 };
    const [claimed] = await given.store.claim([attempt], lease);
    if (claimed?.kind !== "claimed") expect.unreachable();
    await given.store.record(aRecord(claimed.attempt, { succeeded: true, state: "succeeded" }));

    const { progress } = await given.toTheEnd(given.carrier(), task);
    expect(progress.counts).toEqual({ found: 3, sent: 3 });
    expect(await given.store.pendingDeliveries([first])).toEqual([]);
    expect(given.started.filter((id) => id === first)).toHaveLength(1);
  });

  it("skips what has no payload left, and fails where its endpoint is disabled", async () => {
    const [first = ""] = await given.failMany(3);
    await given.store.messages.expunge(first);
    const { progress } = await given.toTheEnd(
      given.carrier(),
      await given.recover({ retry: true }),
    );
    expect(progress.counts).toEqual({ found: 3, sent: 2, skipped: 1 });
    await given.failMany(3);
    const task = await given.recover({ retry: true });
    await given.store.endpoints.change(given.endpoint.id, (found) => ({
      ...found,
      disabled: true,
    }));
    const ended = await given.toTheEnd(given.carrier(), task);
    expect([ended.status, ended.progress.error]).toEqual(["failed", "The endpoint is disabled"]);
  });
});
