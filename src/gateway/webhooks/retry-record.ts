import type { z } from "zod";
import { backoffSchedule, DEFAULT_BACKOFF, repeatedSchedule } from "../../domain/backoff.ts";
import type { RetrySchedule } from "../../domain/retry-schedule.ts";
import { RETRY_IN, waitMs, type RETRY_OUT, type RetryGiven } from "./retry-schemas.ts";

type RetryOut = z.output<typeof RETRY_OUT>;

export function scheduleOf(given: RetryGiven): RetrySchedule {
  const { schedule, attempts } = given;
  if (schedule === undefined) return backoffSchedule(backoffOf(given));
  const waitsMs = schedule.map((wait) => waitMs(wait) ?? 0);
  return repeatedSchedule(waitsMs, attempts ?? waitsMs.length + 1);
}

/**
 * What was given, as long as that is what holds: the schedule may have been set elsewhere since. null
 * where the endpoint has none of its own.
 */
export function retryOut(
  schedule: RetrySchedule | null,
  text: string | undefined,
): RetryOut | null {
  if (schedule === null) return null;
  const given = readGiven(text) ?? {};
  const isStill = JSON.stringify(scheduleOf(given)) === JSON.stringify(schedule);
  if (!isStill)
    return { attempts: schedule.length + 1, schedule: [...schedule], waitsMs: schedule };
  const { attempts, schedule: waits } = given;
  if (waits === undefined) return { ...backoffOf(given), waitsMs: schedule };
  return { attempts: attempts ?? waits.length + 1, schedule: waits, waitsMs: schedule };
}

/** A longest wait that nobody gave is none that the first one would exceed. */
function backoffOf({ attempts, initialMs, factor, maxMs }: RetryGiven) {
  const first = initialMs ?? DEFAULT_BACKOFF.initialMs;
  return {
    attempts: attempts ?? DEFAULT_BACKOFF.attempts,
    initialMs: first,
    factor: factor ?? DEFAULT_BACKOFF.factor,
    maxMs: maxMs ?? Math.max(DEFAULT_BACKOFF.maxMs, first),
  };
}

/** undefined for what is no such text: metadata is anybody's to write. */
function readGiven(text: string | undefined): RetryGiven | undefined {
  try {
    return text === undefined ? undefined : RETRY_IN.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
