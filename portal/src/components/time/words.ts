const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** From here on a date says more than a number of days. */
const RELATIVE_MS_MAX = 6 * DAY_MS;

const EXACT = new Intl.DateTimeFormat("en", {
  dateStyle: "medium",
  timeStyle: "long",
  hourCycle: "h23",
});
const DAY = new Intl.DateTimeFormat("en", { month: "short", day: "numeric" });
const DAY_AND_YEAR = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

/** "4 minutes ago", "in 4 min 12 s", "Jan 15". */
export function relativeWords(timeMs: number, nowMs: number): string {
  const awayMs = timeMs - nowMs;
  if (Math.abs(awayMs) > RELATIVE_MS_MAX) return dateWords(timeMs, nowMs);
  if (awayMs > 0) return `in ${durationWords(awayMs)}`;
  if (awayMs > -5 * SECOND_MS) return "just now";
  return `${agoWords(-awayMs)} ago`;
}

/** With the second largest unit: a countdown has to be seen to count. */
export function durationWords(durationMs: number): string {
  const seconds = Math.max(1, Math.ceil(durationMs / SECOND_MS));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return parts(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 24 * 60) return parts(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.ceil(minutes / 60);
  return parts(Math.floor(hours / 24), "d", hours % 24, "h");
}

/** How long something took: "12 ms", "3.4 s". */
export function tookWords(durationMs: number): string {
  if (durationMs < SECOND_MS) return `${Math.round(durationMs)} ms`;
  return durationMs < MINUTE_MS
    ? `${(durationMs / SECOND_MS).toFixed(1)} s`
    : durationWords(durationMs);
}

export function exactWords(timeMs: number): string {
  return EXACT.format(timeMs);
}

/** In how long the words for it change. */
export function wordsLastMs(timeMs: number, nowMs: number): number {
  const awayMs = timeMs - nowMs;
  if (awayMs > 0) return awayMs < HOUR_MS ? SECOND_MS : MINUTE_MS;
  return -awayMs < MINUTE_MS ? SECOND_MS * 5 : MINUTE_MS;
}

function agoWords(agoMs: number): string {
  const [count, unit] =
    agoMs < MINUTE_MS
      ? [Math.floor(agoMs / SECOND_MS), "second"]
      : agoMs < HOUR_MS
        ? [Math.floor(agoMs / MINUTE_MS), "minute"]
        : agoMs < DAY_MS
          ? [Math.floor(agoMs / HOUR_MS), "hour"]
          : [Math.floor(agoMs / DAY_MS), "day"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

function parts(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

function dateWords(timeMs: number, nowMs: number): string {
  const isThisYear = new Date(timeMs).getFullYear() === new Date(nowMs).getFullYear();
  return (isThisYear ? DAY : DAY_AND_YEAR).format(timeMs);
}
