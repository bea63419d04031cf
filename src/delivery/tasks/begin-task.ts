import type { Logger } from "pino";
import {
  NOTHING_DONE,
  type BackgroundTask,
  type ReplayWork,
  type TaskWork,
} from "../../domain/background-task.ts";
import type { Catalogue } from "../../store/catalogue.ts";
import { newId } from "../../store/new-id.ts";

/** Keeps tasks, and has a workflow started for each. Throws if the store fails. */
export type BeginTasks = {
  readonly beginTask: (organizationId: string, work: OtherWork) => Promise<BackgroundTask>;
  /** undefined, and nothing is begun, if as many of the application run as may at once. */
  readonly beginReplay: (
    organizationId: string,
    work: ReplayWork,
  ) => Promise<BackgroundTask | undefined>;
};

type OtherWork = Exclude<TaskWork, ReplayWork>;

/** Of an application: each posts with lanes of its own, for as long as it takes. */
export const RUNNING_REPLAYS_MAX = 10;

/** The engine's view of Temporal. */
export type TaskDispatcher = {
  /** To start it twice is to start it once. Rejects if Temporal cannot be reached or refuses. */
  startTask(task: BackgroundTask): Promise<void>;
};

export type BeginTasksDeps = {
  readonly store: Pick<Catalogue, "backgroundTasks">;
  readonly dispatcher: TaskDispatcher;
  readonly logger: Logger;
};

export function createBeginTasks({ store, dispatcher, logger }: BeginTasksDeps): BeginTasks {
  // Nobody waits for Temporal: while it is away the task is left to restart-tasks.ts.
  const start = (task: BackgroundTask): BackgroundTask => {
    dispatcher.startTask(task).catch((error: unknown) => {
      logger.warn({ err: error, task: task.id }, "a background task waits to be started");
    });
    return task;
  };
  return {
    async beginTask(organizationId, work) {
      const task = newTask(organizationId, work);
      await store.backgroundTasks.create(task);
      return start(task);
    },
    async beginReplay(organizationId, work) {
      const task = newTask(organizationId, work);
      const isKept = await store.backgroundTasks.createReplay(task, RUNNING_REPLAYS_MAX);
      return isKept ? start(task) : undefined;
    },
  };
}

function newTask<Work extends TaskWork>(organizationId: string, work: Work) {
  const nowMs = Date.now();
  return {
    id: newId("qtask", nowMs),
    organizationId,
    work,
    status: "running" as const,
    progress: NOTHING_DONE,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
}
