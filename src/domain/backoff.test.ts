import { expect, it } from "vitest";
import { backoffSchedule, DEFAULT_BACKOFF, repeatedSchedule } from "./backoff.ts";

it("waits longer each time, up to the longest", () => {
  expect(backoffSchedule(DEFAULT_BACKOFF)).toEqual([5_000, 30_000, 180_000, 1_080_000, 3_600_000]);
  const slow = { attempts: 4, initialMs: 1_000, factor: 1.5, maxMs: 2_000 };
  expect(backoffSchedule(slow)).toEqual([1_000, 1_500, 2_000]);
});

it("has no wait where there is one attempt, and stays finite with many", () => {
  expect(backoffSchedule({ ...DEFAULT_BACKOFF, attempts: 1 })).toEqual([]);
  const steep = backoffSchedule({ attempts: 51, initialMs: 1, factor: 100, maxMs: 7 });
  expect([steep.length, steep.at(-1)]).toEqual([50, 7]);
});

it("repeats the last wait where there are more attempts than waits", () => {
  expect(repeatedSchedule([1, 2], 5)).toEqual([1, 2, 2, 2]);
  expect(repeatedSchedule([1, 2], 3)).toEqual([1, 2]);
});
