import type { TriggerTimes } from "../domain/trigger-times.ts";

/** Has an event type's example published in a sandbox, again and again. */
export type TriggerSchedule = {
  /** In its sandbox; of one that has ended it may be given to another. */
  readonly id: string;
  readonly eventType: string;
  /** As it was written. */
  readonly every: string;
  readonly createdAtMs: number;
  readonly endsAtMs: number;
  /** null: it has ended. */
  readonly nextAtMs: number | null;
  readonly timesTriggered: number;
};

export type NewTriggerSchedule = {
  readonly organizationId: string;
  /** The sandbox's id. */
  readonly applicationId: string;
  readonly eventType: string;
  readonly every: string;
  readonly times: TriggerTimes;
  readonly endsAtMs: number;
};

/** They are Temporal's own: nothing of them is in the store. Each function rejects if it is away. */
export type TriggerSchedules = {
  /** "invalid": it cannot be computed when that is; "full": there are as many as there may be. */
  create(asked: NewTriggerSchedule): Promise<TriggerSchedule | "invalid" | "full">;
  list(applicationId: string): Promise<readonly TriggerSchedule[]>;
  /** Answers whether there was one. */
  remove(applicationId: string, id: string): Promise<boolean>;
  removeAll(applicationId: string): Promise<void>;
};

export type ExampleToPublish = {
  readonly organizationId: string;
  readonly applicationId: string;
  readonly eventType: string;
  /** Of this one time: a second try with it publishes nothing. */
  readonly eventId: string;
};

/** An activity's result, for people who look into Temporal. */
export type PublishedExample = { readonly line: string };

/** Ends the sandbox's schedules where there is no such sandbox any more. Throws if the store fails. */
export type PublishExample = (example: ExampleToPublish) => Promise<PublishedExample>;
