import type { RetrySchedule } from "../domain/retry-schedule.ts";

/** An endpoint's own schedule; null is that of the message's event type, or the installation's. */
export type EndpointSchedules = {
  find(endpointId: string): Promise<RetrySchedule | null>;
  change(endpointId: string, schedule: RetrySchedule | null, nowMs: number): Promise<void>;
};
