import { expect, it } from "vitest";
import { finishesWithin } from "./within-time.ts";

const LIMIT_MS = 50;

/** As a machine does that has no processor for us. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

it("what takes for ever is broken off, for good", () => {
  let calls = 0;
  const forEver = () => {
    calls += 1;
    for (let at = 0; ;) at = (at + 1) % 7;
  };
  expect(finishesWithin(LIMIT_MS, forEver)).toBe(false);
  expect(calls).toBeLessThanOrEqual(3);
});

it("what took long because the machine stood still is done anew", () => {
  let calls = 0;
  const finishes = finishesWithin(LIMIT_MS, () => {
    calls += 1;
    if (calls === 1) standStill(10 * LIMIT_MS);
    if (calls === 1) for (let i = 0; i < 1_000; i++) String(i);
  });
  expect([finishes, calls]).toEqual([true, 2]);
});

it("what throws is thrown", () => {
  const act = () => {
    throw new Error("no");
  };
  expect(() => finishesWithin(LIMIT_MS, act)).toThrow("no");
});
