import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CarryReport } from "../src/delivery/report.ts";
import type { WaitingDelivery } from "../src/domain/waiting.ts";
import { Cargo } from "./cargo.ts";

const NOW_MS = Date.UTC(2030, 0, 1);
const NOTHING_YET = { due: [], succeeded: 0, failed: 0 };

function waiting(dueInMs: number, messageId = "msg_1"): WaitingDelivery {
  return {
    messageId,
    endpointId: "ep_1",
    applicationId: "app_1",
    attemptNumber: 2,
    dueInMs,
    isUnderWay: false,
  };
}

function reported(report: Partial<CarryReport>): Promise<CarryReport> {
  return Promise.resolve({ succeeded: 0, failed: 0, attempts: [], waiting: [], ...report });
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a cargo", () => {
  it("is empty when nothing waits and nothing is under way", async () => {
    const cargo = new Cargo(NOTHING_YET);
    expect(cargo.isEmpty).toBe(true);
    const { promise, resolve } = Promise.withResolvers<CarryReport>();
    const added = cargo.add(promise);
    expect(cargo).toMatchObject({ isEmpty: false, isResting: false, reports: 0 });
    resolve(await reported({ waiting: [waiting(5_000)] }));
    await added;
    expect(cargo).toMatchObject({ isEmpty: false, isResting: true, reports: 1 });
    cargo.take(NOW_MS + 5_000);
    expect(cargo.isEmpty).toBe(true);
  });

  it("counts what has ended", async () => {
    const cargo = new Cargo({ due: [], succeeded: 1, failed: 2 });
    await cargo.add(reported({ succeeded: 10, failed: 20 }));
    await cargo.add(reported({ succeeded: 100 }));
    expect(cargo.totals).toEqual({ succeeded: 111, failed: 22 });
  });

  it("sleeps until the next is due, by the time at which its report came", async () => {
    const cargo = new Cargo(NOTHING_YET);
    expect(cargo.sleepMs(NOW_MS)).toBeUndefined();
    await cargo.add(reported({ waiting: [waiting(300_000), waiting(5_000)] }));
    expect(cargo.sleepMs(NOW_MS + 2_000)).toBe(3_000);
    expect(cargo.sleepMs(NOW_MS + 9_000)).toBe(0);
  });

  it("gives away what is due, once", async () => {
    const cargo = new Cargo(NOTHING_YET);
    const [early, later] = [waiting(5_000, "msg_early"), waiting(5_001, "msg_later")];
    await cargo.add(reported({ waiting: [later, early] }));
    expect(cargo.take(NOW_MS + 4_999)).toEqual([]);
    expect(cargo.take(NOW_MS + 5_000)).toMatchObject([{ messageId: "msg_early" }]);
    expect(cargo.take(NOW_MS + 5_001)).toMatchObject([{ messageId: "msg_later" }]);
    expect(cargo.take(NOW_MS + 9_999)).toEqual([]);
  });

  it("can be handed on as it is", async () => {
    const cargo = new Cargo(NOTHING_YET);
    await cargo.add(reported({ succeeded: 3, failed: 1, waiting: [waiting(5_000)] }));
    const heir = new Cargo(cargo.handedOn);
    expect(heir.totals).toEqual({ succeeded: 3, failed: 1 });
    expect(heir.sleepMs(NOW_MS)).toBe(5_000);
    expect(heir.take(NOW_MS + 5_000)).toEqual([
      {
        messageId: "msg_1",
        endpointId: "ep_1",
        applicationId: "app_1",
        attemptNumber: 2,
        isUnderWay: false,
        dueAtMs: NOW_MS + 5_000,
      },
    ]);
  });

  it("passes on what went wrong", async () => {
    const cargo = new Cargo(NOTHING_YET);
    await expect(cargo.add(Promise.reject(new Error("cancelled")))).rejects.toThrow("cancelled");
  });

  it("describes what it waits for", async () => {
    const cargo = new Cargo({ due: [], succeeded: 7, failed: 2 });
    await cargo.add(reported({ waiting: [waiting(5_000)] }));
    expect(cargo.describe()).toBe(
      "7 delivered, 2 given up, 1 waiting\n\n" +
        "- `msg_1` → `ep_1`: attempt 2 at 2030-01-01T00:00:05.000Z",
    );
  });

  it("describes no more than a page has room for", async () => {
    const cargo = new Cargo(NOTHING_YET);
    await cargo.add(reported({ waiting: Array.from({ length: 500 }, () => waiting(5_000)) }));
    const lines = cargo.describe().split("\n");
    expect(lines).toHaveLength(2 + 20 + 1);
    expect(lines.at(-1)).toBe("- and 480 more");
  });
});
