import { expect, test } from "vitest";
import { DEFAULT_RETRY_SCHEDULE, parseRetrySchedule, RETRIES_MAX } from "./retry-schedule.ts";

test("the default is eight attempts over 27.6 hours", () => {
  const schedule = parseRetrySchedule(DEFAULT_RETRY_SCHEDULE);
  expect(schedule.map((waitMs) => waitMs / 1_000)).toEqual([
    5, 300, 1_800, 7_200, 18_000, 36_000, 36_000,
  ]);
  const totalMs = schedule.reduce((sumMs, waitMs) => sumMs + waitMs, 0);
  expect(totalMs / 3_600_000).toBeCloseTo(27.6, 1);
});

test.each([
  ["", []],
  ["  ", []],
  ["5s", [5_000]],
  [" 500ms , 1.5m ", [500, 90_000]],
  ["30d", [30 * 86_400_000]],
])("%j is %j", (text, schedule) => {
  expect(parseRetrySchedule(text)).toEqual(schedule);
});

test.each([
  ["5s,soon,1h", '"soon"'],
  ["5s,", '""'],
  ["5", '"5"'],
  ["5s,31d", '"31d"'],
])("%j is refused, and %s is named", (text, part) => {
  expect(() => parseRetrySchedule(text)).toThrow(RangeError);
  expect(() => parseRetrySchedule(text)).toThrow(part);
});

test("50 retries are allowed, 51 are not", () => {
  const waits = (count: number): string => Array.from({ length: count }, () => "1s").join(",");
  expect(parseRetrySchedule(waits(RETRIES_MAX))).toHaveLength(50);
  expect(() => parseRetrySchedule(waits(51))).toThrow("51 retries are too many: at most 50");
});
