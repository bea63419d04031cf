import type { z } from "zod";
import {
  sendingsOut,
  taskCountsOut,
  type BackgroundTask,
  type TaskWork,
} from "../../domain/background-task.ts";
import type { ReplayTask } from "../../store/catalogue-tasks.ts";
import type { REPLAY_TASK_OUT } from "./application-task-schemas.ts";
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
  const data = {
    ...whose(task.work),
    ...dataOf(task),
    ...(error === undefined ? {} : { error }),
  };
  return { ...begunTaskOut(task), data };
}

/** Lists are read without what is reckoned (catalogue-tasks.ts). */
export function listedTaskOut(task: BackgroundTask): z.output<typeof BACKGROUND_TASK_OUT> {
  const isReckoning =
    task.work.type === "application.stats" || task.work.type === "event-type.aggregate";
  return isReckoning ? { ...begunTaskOut(task), data: {} } : backgroundTaskOut(task);
}

/** As its application sees it. */
export function replayTaskOut(task: ReplayTask): z.output<typeof REPLAY_TASK_OUT> {
  const { endpointId, range } = task.work;
  const { error, counts } = task.progress;
  return {
    ...begunTaskOut(task),
    endpointId,
    createdAt: new Date(task.createdAtMs).toISOString(),
    since: new Date(range.sinceMs).toISOString(),
    until: new Date(range.untilMs).toISOString(),
    data: { ...sendingsOut(counts), ...(error === undefined ? {} : { error }) },
  };
}

/** Tasks of the whole organization are nobody's. */
function whose(work: TaskWork): Readonly<Record<string, string>> {
  return {
    ...("applicationId" in work && { appId: work.applicationId }),
    ...("endpointId" in work && { endpointId: work.endpointId }),
  };
}

function dataOf({ work: { type }, progress: { counts, results } }: BackgroundTask) {
  switch (type) {
    case "application.stats":
      return { appStats: results };
    case "event-type.aggregate":
      return { event_types: results };
    case "endpoint.recover":
    case "endpoint.replay":
    case "endpoint.bulk-replay":
    case "application.purge_content":
      return taskCountsOut(type, counts);
  }
}
