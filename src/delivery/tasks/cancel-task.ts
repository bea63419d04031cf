import type { Logger } from "pino";
import type { BackgroundTask } from "../../domain/background-task.ts";
import type { BackgroundTasks } from "../../store/catalogue-tasks.ts";

/** Why a task failed that somebody canceled. */
export const CANCELED = "It was canceled";

/**
 * Ends a task as failed, where it runs; its counts stay. Answers what it is then. The store decides:
 * Temporal is told, and if it does not answer, whoever carries the task finds out with its next page.
 */
export type CancelTask = (task: BackgroundTask) => Promise<BackgroundTask>;

export type TaskCanceler = {
  /** There may be no such workflow. Rejects if Temporal cannot be reached. */
  cancelTask(taskId: string): Promise<void>;
};

export type CancelTaskDeps = {
  readonly store: { readonly backgroundTasks: Pick<BackgroundTasks, "read" | "change"> };
  readonly dispatcher: TaskCanceler;
  readonly logger: Logger;
};

export function createCancelTask({ store, dispatcher, logger }: CancelTaskDeps): CancelTask {
  return async (task) => {
    const ended = (await endAsCanceled(store.backgroundTasks, task.id)) ?? task;
    dispatcher.cancelTask(task.id).catch((error: unknown) => {
      logger.warn(
        { err: error, task: task.id },
        "Temporal is not told of a task that was canceled",
      );
    });
    return ended;
  };
}

/** What it is then; undefined if there is none. */
export async function endAsCanceled(
  tasks: Pick<BackgroundTasks, "read" | "change">,
  taskId: string,
): Promise<BackgroundTask | undefined> {
  for (;;) {
    const task = await tasks.read(taskId);
    if (task?.status !== "running") return task;
    const progress = { ...task.progress, error: CANCELED };
    const ended = await tasks.change(task, { status: "failed", progress }, Date.now());
    if (ended !== undefined) return ended;
  }
}

export function wasCanceled({ status, progress }: BackgroundTask): boolean {
  return status === "failed" && progress.error === CANCELED;
}
