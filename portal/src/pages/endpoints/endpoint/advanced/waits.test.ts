import { describe, expect, it } from "vitest";
import { fromDuration, parseWaits, plannedAttempts, toDuration, waitsText } from "./waits.ts";

describe("waits between attempts", () => {
  it.each([
    ["5s, 5m, 30m, 2h", [5_000, 300_000, 1_800_000, 7_200_000]],
    ["1.5 s,2 min, 1D", [1_500, 120_000, 86_400_000]],
    ["", []],
    ["0s", [0]],
  ])("are read from %j", (text, waitsMs) => {
    expect(parseWaits(text)).toEqual(waitsMs);
  });

  it.each([
    ["5", /“5” is no wait/],
    ["5s,", /“” is no wait/],
    ["soon", /30s, 5m, 2h or 1d/],
    ["31d", /30 days/],
    [Array.from({ length: 51 }, () => "1s").join(","), /At most 50/],
  ])("that are none are explained: %j", (text, sentence) => {
    expect(parseWaits(text)).toMatch(sentence);
  });

  it("are written as they were read", () => {
    const text = "5s, 5m, 90m, 2h, 1d, 1.5s, 0s";
    expect(waitsText(parseWaits(text) as number[])).toBe(text);
  });

  it("go to the API and come back to the millisecond", () => {
    expect(toDuration(1_250)).toEqual({ secs: 1, nanos: 250_000_000 });
    expect(fromDuration(toDuration(86_399_999))).toBe(86_399_999);
  });

  it("add up to when each attempt is made", () => {
    expect(plannedAttempts([5_000, 300_000])).toEqual([
      { number: 1, wait: "at once", since: "" },
      { number: 2, wait: "5 s", since: "5 s" },
      { number: 3, wait: "5 min", since: "5 min 5 s" },
    ]);
    const usual = [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000];
    const since = plannedAttempts(usual).map((attempt) => attempt.since);
    expect(since.slice(4, 5)).toEqual(["2 h 35 min 5 s"]);
    expect(since.at(-1)).toBe("1 d 3 h 35 min 5 s");
    expect(plannedAttempts([1_500, 0]).at(-1)).toEqual({
      number: 3,
      wait: "at once",
      since: "1.5 s",
    });
  });
});
