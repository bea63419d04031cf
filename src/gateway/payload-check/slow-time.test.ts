import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createSlowTime } from "./slow-time.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const taking = (ms: number) => () => vi.advanceTimersByTime(ms);

it("an organization whose schemas hold everybody up is left alone for a while, and no other", () => {
  const slowTime = createSlowTime();
  for (let i = 0; i < 6; i++) slowTime.measured("org_slow", taking(500));
  expect(slowTime.isUsedUp("org_slow")).toBe(false);
  slowTime.measured("org_slow", taking(50));
  expect(slowTime.isUsedUp("org_slow")).toBe(true);
  expect(slowTime.isUsedUp("org_other")).toBe(false);
  vi.advanceTimersByTime(60_000);
  expect(slowTime.isUsedUp("org_slow")).toBe(false);
});

it("what is quick counts for nothing", () => {
  const slowTime = createSlowTime();
  for (let i = 0; i < 5_000; i++) slowTime.measured("org_busy", taking(4));
  expect(slowTime.isUsedUp("org_busy")).toBe(false);
});
