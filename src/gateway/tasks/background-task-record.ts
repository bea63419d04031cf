import type { z } from "zod";
import type { BackgroundTask, TaskCount } from "../../domain/background-task.ts";
import type { BACKGROUND_TASK_OUT, REPLAY_OUT } from "./background-task-schemas.ts";

/** What whoever began a task is answered. */
export function begunTaskOut(task: BackgroundTask): z.output<typeof REPLAY_OUT> {
  return {
    id: task.id,
    status: task.status,
    task: task.work.type,
    updatedAt: new Date(task.updatedAtMs).toISOString(),
  };
}

export function backgroundTaskOut(task: BackgroundTask): z.output<typeof BACKGROUND_TASK_OUT> {
  const { error } = task.progress;
  const data = { ...dataOf(task), ...(error === undefined ? {} : { error }) };
  return { ...begunTaskOut(task), data };
}

/** Lists are read without what is reckoned (catalogue-tasks.ts). */
export function listedTaskOut(task: BackgroundTask): z.output<typeof BACKGROUND_TASK_OUT> {
  const isReckoning =
    task.work.type === "application.stats" || task.work.type === "event-type.aggregate";
  return isReckoning ? { ...begunTaskOut(task), data: {} } : backgroundTaskOut(task);
}

const ZERO: Readonly<Record<TaskCount, number>> = {
  found: 0,
  sent: 0,
  succeeded: 0,
  failed: 0,
  skipped: 0,
  purged: 0,
};

function dataOf({ work, progress: { counts, results } }: BackgroundTask) {
  const { purged, ...sendings } = { ...ZERO, ...counts };
  switch (work.type) {
    case "endpoint.recover":
    case "endpoint.replay":
    case "endpoint.bulk-replay":
      return { messagesSent: sendings.sent, ...sendings };
    case "application.purge_content":
      return { messagesPurged: purged };
    case "application.stats":
      return { appStats: results };
    case "event-type.aggregate":
      return { event_types: results };
  }
}
