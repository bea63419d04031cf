import { expect, test } from "vitest";
import { formatDuration, parseDurationMs } from "./duration.ts";

test.each([
  ["0s", 0],
  ["500ms", 500],
  ["5s", 5_000],
  [" 1.5m ", 90_000],
  ["2h", 7_200_000],
  ["1d", 86_400_000],
])("%j is %d ms", (text, durationMs) => {
  expect(parseDurationMs(text)).toBe(durationMs);
});

test.each(["", "5", "s", "-5s", "5 s", "5S", "5s5s", "1e3s", ".5s", "5.s", "5w"])(
  "%j is no duration",
  (text) => {
    expect(parseDurationMs(text)).toBeUndefined();
  },
);

test.each([
  [0, "0ms"],
  [999, "999ms"],
  [1_000, "1s"],
  [5_500, "5.5s"],
  [300_000, "5m"],
  [18_000_000, "5h"],
  [129_600_000, "1.5d"],
])("%d ms reads %s", (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});
