import type { z } from "zod";
import type { TimeSpan } from "../../store/catalogue-statistics.ts";
import { DAY_MS } from "../input/times.ts";
import type { SERIES_QUERY } from "./statistics-schemas.ts";
import { invalidRange, pastMs } from "./stats-range.ts";

/** Whole periods. */
export type SeriesRange = {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly periodMs: number;
};

type Asked = z.output<typeof SERIES_QUERY>;
type Period = Asked["period"];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const PERIODS: Readonly<Record<Period, { readonly ms: number; readonly defaultMs: number }>> = {
  OneDay: { ms: DAY_MS, defaultMs: 28 * DAY_MS },
  OneHour: { ms: HOUR_MS, defaultMs: 48 * HOUR_MS },
  FiveMinutes: { ms: 5 * MINUTE_MS, defaultMs: 3 * HOUR_MS },
};
const PERIODS_MAX = 1_000;
const RANGE_DAYS_MAX = 92;

/**
 * Periods begin at multiples of their length since 1970, in UTC: days at midnight. The range is
 * widened to whole ones, so the last may be the one that is not over. Throws a ProblemError (400).
 */
export function seriesRange(
  { startDate, endDate, period }: Pick<Asked, "startDate" | "endDate" | "period">,
  nowMs: number,
  periodsMax = PERIODS_MAX,
): SeriesRange {
  const { ms: periodMs, defaultMs } = PERIODS[period];
  const down = (timeMs: number) => Math.floor(timeMs / periodMs) * periodMs;
  const up = (timeMs: number) => Math.ceil(timeMs / periodMs) * periodMs;

  const untilMs = up(endDate === undefined ? nowMs : pastMs(endDate));
  const startMs = startDate === undefined ? untilMs - defaultMs : pastMs(startDate);
  const fromMs = down(Math.max(0, startMs));
  if (untilMs > up(nowMs)) throw invalidRange("endDate is in the future");
  if (fromMs >= untilMs) throw invalidRange("startDate is not before endDate");
  if (untilMs - fromMs > RANGE_DAYS_MAX * DAY_MS) {
    throw invalidRange(`it is longer than ${RANGE_DAYS_MAX} days`);
  }
  if ((untilMs - fromMs) / periodMs > periodsMax) {
    throw invalidRange(`it has more than ${periodsMax} periods of ${period}`);
  }
  return { fromMs, untilMs, periodMs };
}

/** Its periods, oldest first. */
export function periodsOf({ fromMs, untilMs, periodMs }: SeriesRange): readonly TimeSpan[] {
  return Array.from({ length: (untilMs - fromMs) / periodMs }, (_, i) => ({
    fromMs: fromMs + i * periodMs,
    untilMs: fromMs + (i + 1) * periodMs,
  }));
}
