/** What an organization can be told about its own customers' endpoints. */
export const OPERATIONAL_EVENT_TYPES = [
  "endpoint.created",
  "endpoint.updated",
  "endpoint.deleted",
  "endpoint.enabled",
  "endpoint.disabled",
  "message.attempt.failing",
  "message.attempt.exhausted",
  "message.attempt.recovered",
  "background_task.finished",
] as const;

export type OperationalEventType = (typeof OPERATIONAL_EVENT_TYPES)[number];
