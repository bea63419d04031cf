export const PERIODS = ["24h", "7d"] as const;
export type Period = (typeof PERIODS)[number];

export type PeriodSearch = { readonly period?: Period };

const HOUR_MS = 3_600_000;

/** For `validateSearch`: nothing is the last 24 hours. */
export function readPeriod({ period }: Readonly<Record<string, unknown>>): PeriodSearch {
  return period === "7d" ? { period } : {};
}

/** As the API wants it: so many bars of such a length. */
export function seriesQuery(period: Period, nowMs: number) {
  return period === "24h"
    ? ({ period: "OneHour", startDate: new Date(nowMs - 23 * HOUR_MS).toISOString() } as const)
    : ({ period: "OneDay", startDate: new Date(nowMs - 6 * 24 * HOUR_MS).toISOString() } as const);
}

export const PERIOD_WORDS: Readonly<Record<Period, string>> = {
  "24h": "the last 24 hours",
  "7d": "the last 7 days",
};
