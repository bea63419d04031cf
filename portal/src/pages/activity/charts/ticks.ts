import { PERIOD_MS } from "../../../api/periods.ts";
import { RANGE_FACTS, type Range } from "../ranges.ts";

const HOUR = new Intl.DateTimeFormat("en", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const DAY = new Intl.DateTimeFormat("en", { month: "short", day: "numeric" });
const DAY_AND_HOUR = new Intl.DateTimeFormat("en", {
  weekday: "short",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const WHOLE_DAY = new Intl.DateTimeFormat("en", {
  weekday: "short",
  month: "short",
  day: "numeric",
  // As the server counts them.
  timeZone: "UTC",
});

/** Below the axis, where there is little room. */
export function tickWords(atMs: number, range: Range): string {
  return (range === "24h" ? HOUR : DAY).format(atMs);
}

/** Of a bar: from when until when. Before anything is pointed at, it is asked of nothing. */
export function spanWords(atMs: unknown, range: Range): string {
  if (typeof atMs !== "number") return "";
  const { counts, periodsPerBar } = RANGE_FACTS[range];
  if (counts === "OneDay") return WHOLE_DAY.format(atMs);
  return `${DAY_AND_HOUR.format(atMs)} – ${HOUR.format(atMs + periodsPerBar * PERIOD_MS.OneHour)}`;
}

/** Of a point on a line; of nothing, as above. */
export function dayOrHourWords(atMs: unknown, range: Range): string {
  if (typeof atMs !== "number") return "";
  if (RANGE_FACTS[range].latencies === "OneDay") return WHOLE_DAY.format(atMs);
  return `${DAY_AND_HOUR.format(atMs)} – ${HOUR.format(atMs + PERIOD_MS.OneHour)}`;
}
