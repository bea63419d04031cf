/** Work that takes long: it is done page by page, and after a crash goes on where it was. */
export type BackgroundTask = {
  readonly id: string;
  readonly organizationId: string;
  readonly work: TaskWork;
  readonly status: TaskStatus;
  readonly progress: TaskProgress;
  readonly createdAtMs: number;
  /** Grows with each change, so that of two who change it at once only one does. */
  readonly updatedAtMs: number;
};

export type TaskStatus = "running" | "finished" | "failed";

export type TaskType = TaskWork["type"];

/** What is to be done. Times are Unix milliseconds. */
export type TaskWork = ReplayWork | ApplicationWork | OrganizationWork;

/** One attempt for each message that is found, at one endpoint; or its schedule anew. */
export type ReplayWork = {
  readonly applicationId: string;
  readonly endpointId: string;
  readonly retry?: true;
} & (
  | { readonly type: "endpoint.recover"; readonly range: MessageRange }
  | { readonly type: "endpoint.replay"; readonly range: MessageRange }
  | {
      readonly type: "endpoint.bulk-replay";
      readonly range: MessageRange;
      readonly filter: ReplayFilter;
    }
);

export type ApplicationWork = {
  readonly type: "application.purge_content";
  readonly applicationId: string;
  /** Messages that are accepted from then on keep their payloads. */
  readonly untilMs: number;
};

export type OrganizationWork =
  | {
      readonly type: "application.stats";
      readonly range: MessageRange;
      /** null counts for all of the organization. */
      readonly applicationIds: readonly string[] | null;
    }
  | { readonly type: "event-type.aggregate" };

/** Messages by the time at which they were accepted: since ≤ time < until. */
export type MessageRange = { readonly sinceMs: number; readonly untilMs: number };

export type ReplayFilter = {
  readonly eventTypes?: readonly string[];
  readonly channel?: string;
  readonly tag?: string;
  /** Any of these; without them, all. */
  readonly statuses?: readonly ReplayStatus[];
  /** 0 (no answer), 100, 200, … 500: of any attempt. */
  readonly statusCodeClass?: number;
};

export type ReplayStatus = "succeeded" | "unattempted" | "failed" | "retrying" | "canceled";

/** Kept after each page: what a new carrier needs to go on, and what people are shown. */
export type TaskProgress = {
  /** How far pages have been taken: up to this id; null when there is nothing beyond. */
  readonly cursor: string | null;
  /** The ids of the page that was taken last, as far as they are not done. */
  readonly page: readonly string[];
  readonly counts: TaskCounts;
  /** What is reckoned rather than done. */
  readonly results: readonly unknown[];
  /** Why it failed. */
  readonly error?: string;
};

export type TaskCounts = Readonly<Partial<Record<TaskCount, number>>>;

/**
 * found: all that was to be done so far. Of these, sent: attempted; which succeeded or failed; and
 * skipped: what could not be sent, because its payload was deleted. Where schedules begin anew, sent
 * are those that have begun: what comes of them is not waited for.
 */
export type TaskCount = "found" | "sent" | "succeeded" | "failed" | "skipped" | "purged";

export const NOTHING_DONE: TaskProgress = { cursor: "", page: [], counts: {}, results: [] };

export function addCounts(one: TaskCounts, other: TaskCounts): TaskCounts {
  const sums: Partial<Record<TaskCount, number>> = { ...one };
  for (const [name, count] of Object.entries(other) as readonly [TaskCount, number][]) {
    sums[name] = (sums[name] ?? 0) + count;
  }
  return sums;
}

/** The counts of what is sent, as people are shown them. */
export function sendingsOut({
  found = 0,
  sent = 0,
  succeeded = 0,
  failed = 0,
  skipped = 0,
}: TaskCounts) {
  return { messagesSent: sent, found, sent, succeeded, failed, skipped };
}

/** The counts of any task; what it reckons is not among them. */
export function taskCountsOut(
  type: TaskType,
  counts: TaskCounts,
): Readonly<Record<string, number>> {
  switch (type) {
    case "endpoint.recover":
    case "endpoint.replay":
    case "endpoint.bulk-replay":
      return sendingsOut(counts);
    case "application.purge_content":
      return { messagesPurged: counts.purged ?? 0 };
    case "application.stats":
    case "event-type.aggregate":
      return {};
  }
}
