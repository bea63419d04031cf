import type { RetrySchedule } from "./retry-schedule.ts";

/** Waits that grow by a factor, up to a longest one. */
export type Backoff = {
  /** All of them, the first included. */
  readonly attempts: number;
  readonly initialMs: number;
  readonly factor: number;
  readonly maxMs: number;
};

/** 5 s, 30 s, 3 min, 18 min, 1 h: six attempts over 82 minutes. */
export const DEFAULT_BACKOFF: Backoff = {
  attempts: 6,
  initialMs: 5_000,
  factor: 6,
  maxMs: 3_600_000,
};

export function backoffSchedule({ attempts, initialMs, factor, maxMs }: Backoff): RetrySchedule {
  return Array.from({ length: attempts - 1 }, (_, retry) =>
    Math.round(Math.min(initialMs * factor ** retry, maxMs)),
  );
}

/** As many waits as there are retries: the last of those that are given is repeated. */
export function repeatedSchedule(waitsMs: RetrySchedule, attempts: number): RetrySchedule {
  const last = waitsMs.at(-1) ?? 0;
  return Array.from({ length: attempts - 1 }, (_, retry) => waitsMs[retry] ?? last);
}
