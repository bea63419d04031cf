import { parseDurationMs } from "./duration.ts";

/** The waits, in ms, between the end of a failed attempt and the next: one fewer than attempts. */
export type RetrySchedule = readonly number[];

/** 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h: eight attempts over 27.6 hours. */
export const DEFAULT_RETRY_SCHEDULE = "5s,5m,30m,2h,5h,10h,10h";
export const RETRIES_MAX = 50;
export const WAIT_MS_MAX = 30 * 86_400_000;

/** "5s,5m" → [5000, 300000]; "" → no retries. Throws a RangeError that names the wrong part. */
export function parseRetrySchedule(text: string): RetrySchedule {
  if (text.trim() === "") return [];
  const parts = text.split(",");
  if (parts.length > RETRIES_MAX) {
    throw new RangeError(`${parts.length} retries are too many: at most ${RETRIES_MAX}`);
  }
  return parts.map((part) => {
    const waitMs = parseDurationMs(part);
    if (waitMs === undefined || waitMs > WAIT_MS_MAX) {
      throw new RangeError(
        `"${part.trim()}" is not a wait such as 500ms, 5s, 30m, 2h or 1d (≤ 30d)`,
      );
    }
    return waitMs;
  });
}
