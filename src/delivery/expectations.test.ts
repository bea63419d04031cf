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
  for (let round = 0; round < 6; round++) {
    const endedAtMs = NOW_MS - 75_000 + round * 15_000;
    expectations.nextMs("ep", endedAtMs - 1);
    for (let i = 0; i < 32; i++) expectations.ended("ep", endedAtMs);
  }
}

describe("who finds no turn at an endpoint", () => {
  it("comes again after two seconds, where attempts end as fast as they come", () => {
    const expectations = new Expectations();
    const waits = [0, 200, 400].map((ms) => {
      const untilMs = expectations.nextMs("ep", NOW_MS + ms);
      for (let i = 1; i <= 200; i++) expectations.ended("ep", NOW_MS + ms + i);
      return untilMs - NOW_MS - ms;
    });
    expect(Math.max(...waits)).toBeLessThan(2_010);
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
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(1_900);
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
