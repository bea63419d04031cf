import { z } from "zod";
import { problem, type ProblemError } from "../http/problem.ts";
import { DAY_MS, RANGE_GRACE_MS, TIME } from "../input/times.ts";

const WINDOW_DAYS = 28;
const WINDOW_MS = WINDOW_DAYS * DAY_MS;

/** What attempts are counted in. */
export const STATS_QUERY = z.object({
  since: TIME.optional().describe(`At most ${WINDOW_DAYS} days before until, which is the default`),
  until: TIME.optional().describe("Not in the future; now by default"),
});

export const RANGE_REFUSALS = {
  400: "A parameter is of the wrong type; or the range is in the future, too long, or none",
};

type StatsRange = { readonly sinceMs: number; readonly untilMs: number };

/** Throws a ProblemError (400) if the range is not within the window. */
export function statsRange(
  { since, until }: z.output<typeof STATS_QUERY>,
  nowMs: number,
): StatsRange {
  const untilMs = until === undefined ? nowMs : pastMs(until);
  const sinceMs = since === undefined ? Math.max(0, untilMs - WINDOW_MS) : pastMs(since);
  if (untilMs > nowMs) throw invalidRange("until is in the future");
  if (sinceMs > untilMs) throw invalidRange("since is after until");
  if (untilMs - sinceMs > WINDOW_MS + RANGE_GRACE_MS) {
    throw invalidRange(`since is more than ${WINDOW_DAYS} days before until`);
  }
  return { sinceMs, untilMs };
}

/** From 1970 on: there is nothing before, and a year that is none could not be answered. */
export function pastMs(text: string): number {
  return Math.max(0, Date.parse(text));
}

export function invalidRange(what: string): ProblemError {
  return problem(400, "invalid_range", `The range cannot be counted: ${what}`);
}
