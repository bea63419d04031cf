/** What the API counts attempts in. */
export type Period = "FiveMinutes" | "OneHour" | "OneDay";

const MINUTE_MS = 60_000;

export const PERIOD_MS: Readonly<Record<Period, number>> = {
  FiveMinutes: 5 * MINUTE_MS,
  OneHour: 60 * MINUTE_MS,
  OneDay: 24 * 60 * MINUTE_MS,
};

/** As the API wants it: the period that is not over yet, and those before it; `count` in all. */
export function lastPeriods<Of extends Period>(period: Of, count: number, nowMs: number) {
  const startMs = nowMs - (count - 1) * PERIOD_MS[period];
  return { period, startDate: new Date(startMs).toISOString() };
}
