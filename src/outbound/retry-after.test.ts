import { expect, test } from "vitest";
import { parseRetryAfterMs } from "./retry-after.ts";

const NOW_MS = Date.UTC(2026, 0, 31, 12, 0, 0);

test.each([
  ["0", 0],
  ["120", 120_000],
  [" 1.5 ", 1_500],
  ["Sat, 31 Jan 2026 12:00:30 GMT", 30_000],
  ["Sat, 31 Jan 2026 13:00:30 +0100", 30_000],
  ["Saturday, 31-Jan-26 12:00:30 GMT", 30_000],
  ["Sat Jan 31 12:00:30 2026", 30_000],
  ["Sat, 31 Jan 2026 12:00:00 GMT", 0],
])("%j asks for %d ms", (value, waitMs) => {
  expect(parseRetryAfterMs(value, NOW_MS)).toBe(waitMs);
});

test.each([
  "",
  "-1",
  "1e3",
  "soon",
  "1,5",
  "0x10",
  "9".repeat(400),
  "2026-01-31T12:00:30Z",
  "Sat, 31 Jan 2026 11:59:59 GMT",
  "Sat, 99 Jan 2026 12:00:30 GMT",
])("%j asks for nothing", (value) => {
  expect(parseRetryAfterMs(value, NOW_MS)).toBeUndefined();
});
