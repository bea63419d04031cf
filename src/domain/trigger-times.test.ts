import { expect, it } from "vitest";
import { parseTriggerTimes } from "./trigger-times.ts";

it.each([
  ["5 minutes", 300_000],
  ["every 1 hour", 3_600_000],
  ["10s", 10_000],
  ["7d", 604_800_000],
])("%s is an interval", (text, everyMs) => {
  expect(parseTriggerTimes(text)).toEqual({ kind: "interval", everyMs });
});

it.each(["*/5 * * * *", "0 9 * * MON-FRI", "15,45 8-18 1 * *"])("%s is cron's", (cron) => {
  expect(parseTriggerTimes(cron)).toEqual({ kind: "cron", cron });
});

it.each(["9s", "8d", "0 minutes", "soon", "", "* * * *", "* * * * * *", "@every 1s", "5 weeks"])(
  "%j is neither, or too often, or too seldom",
  (text) => {
    expect(parseTriggerTimes(text)).toBeUndefined();
  },
);
