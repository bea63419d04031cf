import { describe, expect, it } from "vitest";
import { durationWords, relativeWords, tookWords } from "./words.ts";

/** Noon of whoever runs this: days are the reader's. */
const NOW_MS = new Date(2026, 4, 10, 12).getTime();
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe("words for a time", () => {
  it.each([
    [0, "just now"],
    [-30 * SECOND_MS, "30 seconds ago"],
    [-MINUTE_MS, "1 minute ago"],
    [-59 * MINUTE_MS, "59 minutes ago"],
    [-HOUR_MS, "1 hour ago"],
    [-2 * DAY_MS, "2 days ago"],
    [-20 * DAY_MS, "Apr 20"],
    [-400 * DAY_MS, "Apr 5, 2025"],
    [4 * MINUTE_MS + 12 * SECOND_MS, "in 4 min 12 s"],
    [2 * HOUR_MS, "in 2 h"],
    [26 * HOUR_MS, "in 1 d 2 h"],
  ])("that is %d ms away", (awayMs, words) => {
    expect(relativeWords(NOW_MS + awayMs, NOW_MS)).toBe(words);
  });

  it("carry over at the borders of units", () => {
    expect(durationWords(59_001)).toBe("1 min");
    expect(durationWords(HOUR_MS - 500)).toBe("1 h");
    expect(durationWords(DAY_MS - 500)).toBe("1 d");
    expect(durationWords(1)).toBe("1 s");
  });

  it("say how long something took", () => {
    expect([12.4, 3_420, 61_000].map(tookWords)).toEqual(["12 ms", "3.4 s", "1 min 1 s"]);
  });
});
