import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../store/new-id.ts";
import { createCancelTask } from "./cancel-task.ts";
import { NEVER, openTestCarriers, SILENT, type TestCarriers } from "./test-carriers.ts";

let given: TestCarriers;
beforeEach(async () => {
  given = await openTestCarriers();
});
afterEach(() => given.store.close());

describe("a task that is carried", () => {
  it("is done page by page, each message once", async () => {
    const ids = await given.failMany(230);
    const [bad = ""] = ids;
    given.answer = (id) => (id === bad ? 500 : 200);
    const task = await given.recover();
    const first = await given.carrier().page(task.id, NEVER);
    const line = "endpoint.recover: 100 found, 100 sent, 1 failed, 99 succeeded";
    expect(first.status).toBe("running");
    expect(first.line.split(", ").toSorted()).toEqual(line.split(", ").toSorted());
    const { status, progress } = await given.toTheEnd(given.carrier(), task);
    expect(status).toBe("finished");
    expect(progress.counts).toEqual({ found: 230, sent: 230, succeeded: 229, failed: 1 });
    expect(given.posted.toSorted()).toEqual(ids);
  });

  it("goes on in the page in which its carrier was lost, and counts what that had done", async () => {
    const ids = await given.failMany(150);
    const task = await given.recover();
    const { change } = given.store.backgroundTasks;
    const lost = {
      ...given.store.backgroundTasks,
      // It notes the page; then it is killed, before it can note what came of it.
      change: async (...asked: Parameters<typeof change>) => {
        if (asked[1].progress.counts.sent !== undefined) throw new Error("killed");
        return change(...asked);
      },
    };
    const carry = given.carrier("lost process", { backgroundTasks: lost });
    await expect(carry.page(task.id, NEVER)).rejects.toThrow("killed");
    expect(given.posted).toHaveLength(100);
    const { progress } = await given.toTheEnd(given.carrier(), task);
    expect(progress.counts).toEqual({ found: 150, sent: 150, succeeded: 150 });
    expect(given.posted.toSorted()).toEqual(ids);
  });

  it("by two at once is done once, and counted once", async () => {
    const ids = await given.failMany(220);
    given.answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return 200;
    };
    const task = await given.recover();
    const [{ progress }] = await Promise.all([
      given.toTheEnd(given.carrier("one process"), task),
      given.toTheEnd(given.carrier("another process"), task),
    ]);
    expect(progress.counts).toEqual({ found: 220, sent: 220, succeeded: 220 });
    expect(given.posted.toSorted()).toEqual(ids);
  });

  it("leaves what it has not begun when it is told to stop", async () => {
    const ids = await given.failMany(90);
    const stop = new AbortController();
    given.answer = () => {
      if (given.posted.length === 20) stop.abort();
      return 200;
    };
    const task = await given.recover();
    const report = await given.carrier().page(task.id, stop.signal);
    expect(report.status).toBe("running");
    const { progress } = (await given.store.backgroundTasks.read(task.id)) ?? expect.unreachable();
    expect(given.posted.length).toBeLessThan(ids.length);
    expect(progress.counts.sent).toBe(given.posted.length);
    expect(progress.page).toHaveLength(ids.length - given.posted.length);
    await given.toTheEnd(given.carrier(), task);
    expect(given.posted.toSorted()).toEqual(ids);
  });

  it("skips what has no payload left", async () => {
    const [first = "", ...others] = await given.failMany(3);
    await given.store.messages.expunge(first);
    const { status, progress } = await given.toTheEnd(given.carrier(), await given.recover());
    expect([status, progress.counts]).toEqual([
      "finished",
      { found: 3, sent: 2, succeeded: 2, skipped: 1 },
    ]);
    expect(given.posted.toSorted()).toEqual(others);
  });

  it.each([
    ["disabled", "The endpoint is disabled"],
    ["deleted", "The endpoint was deleted"],
  ])("fails where its endpoint is %s", async (what, error) => {
    await given.failMany(3);
    const task = await given.recover();
    if (what === "deleted") await given.store.endpoints.remove(given.endpoint.id, Date.now());
    else
      await given.store.endpoints.change(given.endpoint.id, (found) => ({
        ...found,
        disabled: true,
      }));
    const { status, progress } = await given.toTheEnd(given.carrier(), task);
    expect([status, progress.error, given.posted]).toEqual(["failed", error, []]);
  });

  it("fails when it is canceled, once, and is not worked on after that", async () => {
    await given.failMany(3);
    const task = await given.recover();
    const carry = given.carrier();
    expect(await carry.cancel(task.id)).toMatchObject({ status: "failed" });
    expect(await carry.page(task.id, NEVER)).toMatchObject({ status: "failed" });
    expect(await carry.cancel(task.id)).toMatchObject({ status: "failed" });
    expect(given.posted).toEqual([]);
    expect(await carry.page(newId("qtask", 0), NEVER)).toMatchObject({ status: "gone" });
  });

  it("counts what it had under way when it was canceled in the store", async () => {
    const ids = await given.failMany(60);
    const task = await given.recover();
    const cancelTask = createCancelTask({
      store: given.store,
      dispatcher: { cancelTask: () => Promise.reject(new Error("Temporal is away")) },
      logger: SILENT,
    });
    given.answer = async () => {
      if (given.posted.length === 5) {
        expect((await cancelTask(task)).status).toBe("failed");
      }
      return 200;
    };
    expect(await given.carrier().page(task.id, NEVER)).toMatchObject({ status: "failed" });
    expect(await given.carrier().page(task.id, NEVER)).toMatchObject({ status: "failed" });
    const ended = (await given.store.backgroundTasks.read(task.id)) ?? expect.unreachable();
    expect(ended.progress).toMatchObject({
      counts: { found: 60, sent: 60, succeeded: 60 },
      error: "It was canceled",
    });
    expect(given.posted.toSorted()).toEqual(ids);
    expect(await cancelTask(task)).toEqual(ended);
  });
});
