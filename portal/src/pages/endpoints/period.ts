import { lastPeriods } from "../../api/periods.ts";

export type Period = "24h" | "7d";

type PeriodSearch = { readonly period?: Period };

/** For `validateSearch`: nothing is the last 24 hours. */
export function readPeriod({ period }: Readonly<Record<string, unknown>>): PeriodSearch {
  return period === "7d" ? { period } : {};
}

/** As the API wants it: so many bars of such a length. */
export function seriesQuery(period: Period, nowMs: number) {
  return period === "24h" ? lastPeriods("OneHour", 24, nowMs) : lastPeriods("OneDay", 7, nowMs);
}

export const PERIOD_WORDS: Readonly<Record<Period, string>> = {
  "24h": "the last 24 hours",
  "7d": "the last 7 days",
};
