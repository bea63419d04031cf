import { PERIOD_MS, type Period } from "../../../../api/periods.ts";

const HOUR = new Intl.DateTimeFormat("en", {
  weekday: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
/** The API's days are those of UTC. */
const DAY = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", timeZone: "UTC" });

/** When the `index`th period begins. */
export function periodStartMs(startDate: string, period: Period, index: number): number {
  return Date.parse(startDate) + index * PERIOD_MS[period];
}

export function periodWords(startMs: number, period: Period): string {
  return (period === "OneDay" ? DAY : HOUR).format(startMs);
}
