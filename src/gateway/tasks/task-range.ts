import type { MessageRange } from "../../domain/background-task.ts";
import { invalidField, type ProblemError } from "../http/problem.ts";
import { DAY_MS, RANGE_GRACE_MS, timeMs } from "../input/times.ts";

type Range = { readonly since: string; readonly until?: string | null | undefined };

/**
 * What a background task is about. Throws a ProblemError (422) if it ends before it begins, or after
 * `nowMs`, or is too long.
 */
export function rangeIn({ since, until }: Range, nowMs: number, daysMax = Infinity): MessageRange {
  const sinceMs = timeMs(since);
  const untilMs = until === undefined || until === null ? nowMs : timeMs(until);
  if (untilMs > nowMs) throw invalidRange("until", "Input should not be in the future");
  if (sinceMs > nowMs) throw invalidRange("since", "Input should not be in the future");
  if (sinceMs > untilMs) throw invalidRange("since", "Input should not be after until");
  if (untilMs - sinceMs > daysMax * DAY_MS + RANGE_GRACE_MS) {
    throw invalidRange("since", `Input should be at most ${daysMax} days before until`);
  }
  return { sinceMs, untilMs };
}

function invalidRange(field: "since" | "until", msg: string): ProblemError {
  return invalidField(["body", field], msg);
}
