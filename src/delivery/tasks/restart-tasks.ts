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
  // By id, round after round: tasks that fail each time do not keep others from their turn.
  let after = "";
  let restarting = Promise.resolve();
  const restart = async () => {
    after = await restartSome(deps, after);
  };
  const timer = setInterval(() => {
    restarting = restarting.then(restart);
  }, deps.intervalMs ?? INTERVAL_MS);

  return {
    async stop() {
      clearInterval(timer);
      await restarting;
    },
  };
}

/** Answers beyond which task to go on; beyond one that cannot be started, too. */
async function restartSome(
  { store, dispatcher, logger }: TaskRestartsDeps,
  after: string,
): Promise<string> {
  let last = after;
  try {
    const scan = { after, tasksMax: TASKS_MAX };
    const stalled = await store.backgroundTasks.stalled(Date.now() - STALLED_MS, scan);
    for (const task of stalled) {
      last = task.id;
      await dispatcher.startTask(task);
    }
    return stalled.length < TASKS_MAX ? "" : last;
  } catch (error) {
    logger.warn({ err: error }, "could not start background tasks again");
    return last;
  }
}
