import { lastPeriods, PERIOD_MS } from "../../api/periods.ts";

export const RANGES = ["24h", "7d", "28d"] as const;
export type Range = (typeof RANGES)[number];

const DAY_MS = PERIOD_MS.OneDay;

type RangeFacts = {
  readonly label: string;
  readonly words: string;
  readonly lengthMs: number;
  /** What the API counts attempts in, and how many of those are one bar. */
  readonly counts: "OneHour" | "OneDay";
  readonly periodsPerBar: number;
  readonly latencies: "OneHour" | "OneDay";
};

/** Latencies cannot be added up, and the API takes a hundred periods at most: a week is by day. */
export const RANGE_FACTS: Readonly<Record<Range, RangeFacts>> = {
  "24h": {
    label: "24 hours",
    words: "the last 24 hours",
    lengthMs: DAY_MS,
    counts: "OneHour",
    periodsPerBar: 1,
    latencies: "OneHour",
  },
  "7d": {
    label: "7 days",
    words: "the last 7 days",
    lengthMs: 7 * DAY_MS,
    counts: "OneHour",
    periodsPerBar: 6,
    latencies: "OneDay",
  },
  "28d": {
    label: "28 days",
    words: "the last 28 days",
    lengthMs: 28 * DAY_MS,
    counts: "OneDay",
    periodsPerBar: 1,
    latencies: "OneDay",
  },
};

/** For `validateSearch`: nothing is the last 24 hours. */
export function readRange({ range }: Readonly<Record<string, unknown>>): {
  readonly range?: Range;
} {
  const known = RANGES.find((one) => one === range);
  return known === undefined || known === "24h" ? {} : { range: known };
}

/** As the API wants it. */
export function seriesQuery(range: Range, what: "counts" | "latencies", nowMs: number) {
  const { lengthMs, [what]: period } = RANGE_FACTS[range];
  return lastPeriods(period, lengthMs / PERIOD_MS[period], nowMs);
}
