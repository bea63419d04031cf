import type { Logger } from "pino";
import { NOTHING_DONE, type BackgroundTask, type TaskWork } from "../../domain/background-task.ts";
import type { Catalogue } from "../../store/catalogue.ts";
import { newId } from "../../store/new-id.ts";

/** Keeps a task, and has a workflow started for it. Throws if the store fails. */
export type BeginTask = (organizationId: string, work: TaskWork) => Promise<BackgroundTask>;

/** The engine's view of Temporal. */
export type TaskDispatcher = {
  /** To start it twice is to start it once. Rejects if Temporal cannot be reached or refuses. */
  startTask(task: BackgroundTask): Promise<void>;
};

export type BeginTaskDeps = {
  readonly store: Pick<Catalogue, "backgroundTasks">;
  readonly dispatcher: TaskDispatcher;
  readonly logger: Logger;
};

export function createBeginTask({ store, dispatcher, logger }: BeginTaskDeps): BeginTask {
  return async (organizationId, work) => {
    const nowMs = Date.now();
    const task: BackgroundTask = {
      id: newId("qtask", nowMs),
      organizationId,
      work,
      status: "running",
      progress: NOTHING_DONE,
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
    };
    await store.backgroundTasks.create(task);
    // Nobody waits for Temporal: while it is away the task is left to restart-tasks.ts.
    dispatcher.startTask(task).catch((error: unknown) => {
      logger.warn({ err: error, task: task.id }, "a background task waits to be started");
    });
    return task;
  };
}
