import { z } from "zod";
import { RETRIES_MAX, WAIT_MS_MAX, type RetrySchedule } from "../../domain/retry-schedule.ts";

const NANOS_MAX = 999_999_999;
const NANOS_PER_MS = 1_000_000;
const DAY_S = 86_400;
export const SCHEDULED_EVENT_TYPES_MAX = 100;

const DURATION = z
  .object({
    secs: z.int().min(0),
    nanos: z.int().min(0).max(NANOS_MAX).describe("Are rounded to milliseconds"),
  })
  .refine((duration) => toMs(duration) <= WAIT_MS_MAX, {
    error: `Input should be a wait of at most ${WAIT_MS_MAX / 1_000 / DAY_S} days`,
  })
  .meta({ id: "Duration" });

export const RETRY_SCHEDULE_IN_OUT = z
  .object({
    retrySchedule: z
      .array(DURATION)
      .max(RETRIES_MAX)
      .nullish()
      .describe(
        "The waits between the end of a failed attempt and the next. An empty list retries " +
          "nothing. null, or none, is the schedule that holds otherwise: of the endpoint, or else " +
          "of the event type, or else of the installation",
      ),
  })
  .meta({ id: "RetryScheduleInOut" });

export const ENDPOINT_RETRY_SCHEDULE_OUT = RETRY_SCHEDULE_IN_OUT.extend({
  usual: z
    .object({
      retrySchedule: z.array(DURATION).describe("The installation's"),
      byEventType: z
        .array(
          z
            .object({ eventType: z.string(), retrySchedule: z.array(DURATION) })
            .meta({ id: "EventTypeScheduleOut" }),
        )
        .describe(
          "Event types that the endpoint may get and that have a schedule of their own, which goes " +
            `before the installation's: at most ${SCHEDULED_EVENT_TYPES_MAX}, by name`,
        ),
    })
    .meta({ id: "UsualScheduleOut" })
    .describe("What is in force where the endpoint's retrySchedule is null"),
}).meta({ id: "EndpointRetryScheduleOut" });

type RetryScheduleInOut = z.output<typeof RETRY_SCHEDULE_IN_OUT>;

/** null is what holds otherwise. */
export function retryScheduleIn({ retrySchedule }: RetryScheduleInOut): RetrySchedule | null {
  return retrySchedule?.map(toMs) ?? null;
}

export function retryScheduleOut(schedule: RetrySchedule | null): RetryScheduleInOut {
  return { retrySchedule: schedule === null ? null : durationsOut(schedule) };
}

export function durationsOut(schedule: RetrySchedule) {
  return schedule.map(toDuration);
}

function toMs({ secs, nanos }: { readonly secs: number; readonly nanos: number }): number {
  return secs * 1_000 + Math.round(nanos / NANOS_PER_MS);
}

function toDuration(waitMs: number): { readonly secs: number; readonly nanos: number } {
  return { secs: Math.floor(waitMs / 1_000), nanos: (waitMs % 1_000) * NANOS_PER_MS };
}
