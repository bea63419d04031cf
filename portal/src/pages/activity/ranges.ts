export const RANGES = ["24h", "7d", "28d"] as const;
export type Range = (typeof RANGES)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Period = "OneHour" | "OneDay";

type RangeFacts = {
  readonly label: string;
  readonly words: string;
  readonly lengthMs: number;
  /** What the API counts attempts in, and how many of those are one bar. */
  readonly counts: Period;
  readonly periodsPerBar: number;
  readonly latencies: Period;
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

const PERIOD_MS: Readonly<Record<Period, number>> = { OneHour: HOUR_MS, OneDay: DAY_MS };

/** For `validateSearch`: nothing is the last 24 hours. */
export function readRange({ range }: Readonly<Record<string, unknown>>): {
  readonly range?: Range;
} {
  const known = RANGES.find((one) => one === range);
  return known === undefined || known === "24h" ? {} : { range: known };
}

/** As the API wants it: the period that is not over yet, and those before it. */
export function seriesQuery(range: Range, what: "counts" | "latencies", nowMs: number) {
  const { lengthMs, [what]: period } = RANGE_FACTS[range];
  const startMs = nowMs - lengthMs + PERIOD_MS[period];
  return { period, startDate: new Date(startMs).toISOString() };
}
