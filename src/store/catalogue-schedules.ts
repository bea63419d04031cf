import type { RetrySchedule } from "../domain/retry-schedule.ts";

/** An endpoint's own schedule; null is that of the message's event type, or the installation's. */
export type EndpointSchedules = {
  find(endpointId: string): Promise<RetrySchedule | null>;
  change(endpointId: string, schedule: RetrySchedule | null, nowMs: number): Promise<void>;
};

/** An event type that has a schedule of its own. */
export type ScheduledEventType = { readonly name: string; readonly retrySchedule: RetrySchedule };

export type ScheduledQuery = {
  /** Of these; null: of all. */
  readonly names: readonly string[] | null;
  /** Those behind one of these flags, or behind none; null: all. */
  readonly featureFlags: readonly string[] | null;
  readonly rowsMax: number;
};
