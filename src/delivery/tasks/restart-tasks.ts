import type { Logger } from "pino";
import type { Catalogue } from "../../store/catalogue.ts";
import type { TaskDispatcher } from "./begin-task.ts";

/** Starts again the tasks that nobody seems to carry: never started, or lost with their server. */
export type TaskRestarts = { stop(): Promise<void> };

export type TaskRestartsDeps = {
  readonly store: Pick<Catalogue, "backgroundTasks">;
  readonly dispatcher: TaskDispatcher;
  readonly logger: Logger;
  readonly intervalMs?: number;
};

const INTERVAL_MS = 10_000;
/** A task is changed more often than this. One that is carried all the same is not started twice. */
const STALLED_MS = 30_000;
const TASKS_MAX = 100;

export function startTaskRestarts(deps: TaskRestartsDeps): TaskRestarts {
  let restarting = Promise.resolve();
  const timer = setInterval(() => {
    restarting = restarting.then(() => restartOnce(deps));
  }, deps.intervalMs ?? INTERVAL_MS);

  return {
    async stop() {
      clearInterval(timer);
      await restarting;
    },
  };
}

async function restartOnce({ store, dispatcher, logger }: TaskRestartsDeps): Promise<void> {
  try {
    const stalled = await store.backgroundTasks.stalled(Date.now() - STALLED_MS, TASKS_MAX);
    for (const task of stalled) await dispatcher.startTask(task);
  } catch (error) {
    logger.warn({ err: error }, "could not start background tasks again");
  }
}
