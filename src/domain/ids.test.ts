import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { formatId, idTimeMs, isId, KSUID_RANDOM_BYTES, lowestIdAt } from "./ids.ts";

const NOW_MS = Date.UTC(2026, 7, 1, 12, 0, 0, 500);
const LOWEST = new Uint8Array(KSUID_RANDOM_BYTES);
const HIGHEST = new Uint8Array(KSUID_RANDOM_BYTES).fill(255);

test("an id is its prefix and 27 characters of base 62", () => {
  expect(formatId("msg", NOW_MS, randomBytes(15))).toMatch(/^msg_[0-9A-Za-z]{27}$/);
  expect(formatId("atmpt", 0, LOWEST)).toBe(`atmpt_${"0".repeat(27)}`);
});

test("an id says when it was made, to 4 ms", () => {
  for (const timeMs of [1_400_000_000_000, NOW_MS, NOW_MS + 1, NOW_MS + 499, 4e12]) {
    const id = formatId("msg", timeMs, randomBytes(15));
    expect(idTimeMs("msg", id)).toBe(Math.floor(timeMs / 4) * 4);
  }
});

test("ids sort by time, byte by byte, whatever their random part", () => {
  const timesMs = [0, 4, 8, 500, 996, 1_000, 60_000, 1e9].map((afterMs) => NOW_MS + afterMs);
  const ids = timesMs.flatMap((timeMs) => [
    formatId("msg", timeMs, LOWEST),
    formatId("msg", timeMs, HIGHEST),
  ]);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test("the lowest id of a time lies between those made before and those made then", () => {
  const bound = lowestIdAt("msg", NOW_MS);
  expect(formatId("msg", NOW_MS - 4, HIGHEST) < bound).toBe(true);
  expect(formatId("msg", NOW_MS, randomBytes(15)) > bound).toBe(true);
});

test.each([
  "",
  "msg",
  "msg_",
  `msg_${"0".repeat(26)}`,
  `msg_${"0".repeat(28)}`,
  `app_${"0".repeat(27)}`,
  `msg_${"-".repeat(27)}`,
])("%j is no id of a message", (text) => {
  expect(isId("msg", text)).toBe(false);
  expect(idTimeMs("msg", text)).toBeUndefined();
});

test("what we format is an id, of its prefix only", () => {
  const id = formatId("ep", NOW_MS, randomBytes(15));
  expect(isId("ep", id)).toBe(true);
  expect(isId("app", id)).toBe(false);
});
