import { pino } from "pino";
import { expect, it, vi } from "vitest";
import type { Expiry } from "../store/catalogue-expiry.ts";
import { startExpire } from "./expire.ts";
import { createMetrics } from "./metrics.ts";

/** On a machine that does much else. */
const SOON = { timeout: 20_000 };

/** So many rows of each kind are past their time. */
function rowsToDelete(rows: Record<keyof Expiry, number>) {
  const asked: string[] = [];
  const take = (what: keyof Expiry) => async (_nowMs: number, rowsMax: number) => {
    asked.push(what);
    const taken = Math.min(rowsMax, rows[what]);
    rows[what] -= taken;
    return taken;
  };
  return {
    rows,
    asked,
    expiry: { payloads: take("payloads"), calls: take("calls"), plays: take("plays") },
  };
}

function start(expiry: Expiry, intervalMs = 60_000) {
  const metrics = createMetrics();
  const logger = pino({ level: "silent" });
  const expire = startExpire({ store: { expiry }, metrics, logger, intervalMs, rowsMax: 10 });
  const counts = async () => {
    const { values } = await metrics.expired.get();
    return Object.fromEntries(values.map(({ labels, value }) => [labels.what, value]));
  };
  return { expire, counts };
}

it("deletes all that has expired, so many rows at a time", async () => {
  const { rows, asked, expiry } = rowsToDelete({ payloads: 25, calls: 3, plays: 0 });
  const { expire, counts } = start(expiry);
  await vi.waitFor(() => expect(rows).toEqual({ payloads: 0, calls: 0, plays: 0 }), SOON);
  expect(asked).toEqual(["payloads", "payloads", "payloads", "calls", "plays"]);
  await vi.waitFor(
    async () => expect(await counts()).toEqual({ payloads: 25, calls: 3, plays: 0 }),
    SOON,
  );
  await expire.stop();
});

it("looks again and again, also after the database was away", async () => {
  const { rows, expiry } = rowsToDelete({ payloads: 1, calls: 1, plays: 0 });
  let failures = 2;
  const payloads: Expiry["payloads"] = async (...asked) => {
    if (failures-- > 0) throw new Error("the database is away");
    return expiry.payloads(...asked);
  };
  const { expire, counts } = start({ ...expiry, payloads }, 5);
  await vi.waitFor(() => expect(rows).toEqual({ payloads: 0, calls: 0, plays: 0 }), SOON);
  rows.calls = 4;
  await vi.waitFor(() => expect(rows.calls).toBe(0), SOON);
  await vi.waitFor(
    async () => expect(await counts()).toEqual({ payloads: 1, calls: 5, plays: 0 }),
    SOON,
  );
  await expire.stop();
});

it("stops in the middle of what there is to delete, and lets a statement end", async () => {
  const { rows, expiry } = rowsToDelete({ payloads: 1_000, calls: 1, plays: 0 });
  const { expire } = start(expiry);
  await expire.stop();
  const left = { ...rows };
  expect(left).toEqual({ payloads: 990, calls: 1, plays: 0 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(rows).toEqual(left);
});
