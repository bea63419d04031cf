import { describe, expect, it } from "vitest";
import { progressOf, endWords } from "./progress.ts";
import { customRange, localText, presetRange } from "./replay-range.ts";

const NOW_MS = Date.parse("2026-01-15T10:00:00Z");

describe("the time that a replay is about", () => {
  it("is so long as its preset says, until now", () => {
    expect(presetRange("8h", NOW_MS)).toEqual({ since: "2026-01-15T02:00:00.000Z" });
  });

  it("is what was entered, with an end or without", () => {
    const [from, to] = [localText(NOW_MS - 7_200_000), localText(NOW_MS - 3_600_000)];
    expect(customRange(from, "", NOW_MS)).toEqual({ since: "2026-01-15T08:00:00.000Z" });
    expect(customRange(from, to, NOW_MS)).toEqual({
      since: "2026-01-15T08:00:00.000Z",
      until: "2026-01-15T09:00:00.000Z",
    });
  });

  it("is explained where it is none", () => {
    const later = localText(NOW_MS + 60_000);
    expect(customRange("", "", NOW_MS)).toMatch(/begins/);
    expect(customRange(later, "", NOW_MS)).toMatch(/ends before/);
    expect(customRange(localText(NOW_MS), later, NOW_MS)).toMatch(/future/);
  });
});

describe("how far a replay is", () => {
  const data = { found: 5, sent: 4, messagesSent: 4, succeeded: 3, failed: 1, skipped: 1 };
  const running = { status: "running", data } as const;

  it("is known where its messages were counted, and never all before it is over", () => {
    expect(progressOf(running, 10)).toBe(50);
    expect(progressOf(running, 5)).toBe(99);
    expect(progressOf(running, undefined)).toBeUndefined();
    expect(progressOf({ ...running, status: "finished" }, 10)).toBe(100);
  });

  it("ends in words", () => {
    expect(endWords({ status: "finished", data })).toBe("Finished: 3 succeeded, 1 failed.");
    expect(endWords({ status: "finished", data: { ...data, sent: 6 } })).toMatch(/2 being tried/);
    expect(endWords({ status: "finished", data: { ...data, sent: 0 } })).toMatch(/nothing/);
    const error = "It was canceled";
    expect(endWords({ status: "failed", data: { ...data, error } })).toBe(
      "It stopped. It was canceled",
    );
  });
});
