import type { BackgroundTaskOut, BackgroundTaskType } from "../../api/schema.d.ts";

/** As the API says it. */
const CANCELED = "It was canceled";

type Task = Pick<BackgroundTaskOut, "task" | "data">;

const TYPES: Readonly<Partial<Record<BackgroundTaskType, string>>> = {
  "endpoint.recover": "Recover failed messages",
  "endpoint.replay": "Replay missing messages",
  "endpoint.bulk-replay": "Bulk replay",
  "application.stats": "Usage of applications",
  "event-type.aggregate": "Usage of event types",
  "application.purge_content": "Delete payloads",
};

export function typeWords(type: BackgroundTaskType): string {
  return TYPES[type] ?? type;
}

/** Whose it is; nothing where it is of the whole organization. */
export function ownerOf({ data: { appId, endpointId } }: Pick<Task, "data">): {
  readonly appId?: string;
  readonly endpointId?: string;
} {
  return {
    ...(typeof appId === "string" && { appId }),
    ...(typeof endpointId === "string" && { endpointId }),
  };
}

/** What a task has done so far, in the numbers that its kind has; "" where it has none. */
export function progressWords({ data }: Task): string {
  const { messagesPurged, sent, succeeded, failed, skipped } = data as Readonly<
    Record<string, unknown>
  >;
  if (messagesPurged === 1) return "1 payload deleted";
  if (typeof messagesPurged === "number") return `${many(messagesPurged)} payloads deleted`;
  if (typeof sent !== "number") return "";
  const parts = [
    `${many(sent)} sent`,
    ...counted(succeeded, "succeeded"),
    ...counted(failed, "failed"),
    ...counted(skipped, "skipped"),
  ];
  return parts.join(" · ");
}

/** Why it failed; undefined where it has not. */
export function faultOf({ data }: Pick<Task, "data">): string | undefined {
  const { error } = data;
  return typeof error === "string" ? error : undefined;
}

/** To the API it has failed; somebody wanted it to. */
export function wasCanceled(task: Pick<Task, "data">): boolean {
  return faultOf(task) === CANCELED;
}

function counted(count: unknown, word: string): readonly string[] {
  return typeof count === "number" && count > 0 ? [`${many(count)} ${word}`] : [];
}

function many(count: number): string {
  return count.toLocaleString("en");
}
