import { describe, expect, it } from "vitest";
import { Expectations } from "./expectations.ts";

const NOW_MS = 1_790_000_000_000;
const LATER_MS = 200;

function ask(expectations: Expectations, times: number, stepMs = LATER_MS): readonly number[] {
  return Array.from({ length: times }, (_none, i) => {
    const nowMs = NOW_MS + i * stepMs;
    return expectations.nextMs("ep", nowMs) - nowMs;
  });
}

/** 32 that end together every 15 s. */
function hang(expectations: Expectations): void {
  expectations.nextMs("ep", NOW_MS - 90_000);
  for (let round = 0; round < 5; round++) {
    const endedAtMs = NOW_MS - 75_000 + round * 15_000;
    for (let i = 0; i < 32; i++) expectations.ended("ep", endedAtMs);
  }
}

describe("who finds no turn at an endpoint", () => {
  it("comes again after two seconds, where attempts end as fast as they come", () => {
    expect(ask(new Expectations(), 3)).toEqual([2_000, 2_000, 2_000]);
  });

  it("comes after those that were told before, where they hang", () => {
    const expectations = new Expectations();
    hang(expectations);
    const waits = ask(expectations, 100, LATER_MS);
    expect(waits[0]).toBeLessThan(4_000);
    expect(waits[99]).toBeGreaterThan(8_000);
    expect([...waits].sort((a, b) => a - b)).toEqual(waits);
  });

  it("waits two minutes at most, however many there are", () => {
    const expectations = new Expectations();
    hang(expectations);
    const waits = ask(expectations, 3_000);
    expect(Math.max(...waits)).toBeGreaterThan(100_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(120_000);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(2_000);
  });

  it("comes with those that ask at the same time", () => {
    const expectations = new Expectations();
    hang(expectations);
    expect(new Set(ask(expectations, 50, 1)).size).toBe(50);
    const told = Array.from({ length: 50 }, () => expectations.nextMs("other", NOW_MS));
    expect(new Set(told).size).toBe(1);
  });

  it("waits for no other endpoint", () => {
    const expectations = new Expectations();
    hang(expectations);
    ask(expectations, 100);
    expect(expectations.nextMs("other", NOW_MS)).toBe(NOW_MS + 2_000);
  });
});
