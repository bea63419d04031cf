import { addCounts, type BackgroundTask, type TaskProgress } from "../../domain/background-task.ts";
import type { BackgroundTasks } from "../../store/catalogue-tasks.ts";
import { endAsCanceled, wasCanceled } from "./cancel-task.ts";
import type { DonePage } from "./page-work.ts";
import { reportTask, type TaskReport } from "./task-report.ts";
import { workOn, type WorkDeps } from "./work-on.ts";

/**
 * What a workflow asks of the engine: one page of a task, and what is left of it. Each page is noted
 * before it is begun, so that a new carrier goes on in it; throws only if the store fails.
 */
export type CarryTask = {
  page(taskId: string, signal: AbortSignal): Promise<TaskReport>;
  /** Ends it as failed. */
  cancel(taskId: string): Promise<TaskReport>;
};

export type CarryTaskDeps = WorkDeps & {
  readonly store: { readonly backgroundTasks: Pick<BackgroundTasks, "read" | "change"> };
};

/** Looks that find nothing, before others have their turn. */
const LOOKS_MAX = 20;

export function createCarryTask(deps: CarryTaskDeps): CarryTask {
  const { backgroundTasks } = deps.store;
  return {
    async page(taskId, signal) {
      const task = await backgroundTasks.read(taskId);
      if (task?.status !== "running") return reportTask(task);
      const taken = await takePage(deps, task, signal);
      // Somebody else carries it as well, and was quicker.
      if (taken === undefined) return reportTask(await backgroundTasks.read(taskId));
      if (taken.progress.page.length === 0) return reportTask(taken);
      const done = await workOn(deps, taken).work(taken, signal);
      return reportTask((await noteDone(deps, taken, done)) ?? taken);
    },

    cancel: async (taskId) => reportTask(await endAsCanceled(backgroundTasks, taskId)),
  };
}

/** The page that is begun already, or the next one; the task's end if there is none. */
async function takePage(
  deps: CarryTaskDeps,
  task: BackgroundTask,
  signal: AbortSignal,
): Promise<BackgroundTask | undefined> {
  if (task.progress.page.length > 0) return task;
  let { cursor } = task.progress;
  let page: readonly string[] = [];
  const { next } = workOn(deps, task);
  for (let looks = 0; looks < LOOKS_MAX && cursor !== null && page.length === 0; looks++) {
    if (signal.aborted) break;
    const { ids, scannedTo } = await next(task, cursor);
    page = ids;
    cursor = scannedTo;
  }
  const isAtEnd = cursor === null && page.length === 0;
  const counts = addCounts(task.progress.counts, { found: page.length });
  const progress = { ...task.progress, cursor, page, counts };
  const status = isAtEnd ? "finished" : "running";
  return deps.store.backgroundTasks.change(task, { status, progress }, Date.now());
}

async function noteDone(
  { store: { backgroundTasks } }: CarryTaskDeps,
  task: BackgroundTask,
  done: DonePage,
): Promise<BackgroundTask | undefined> {
  const status = done.error === undefined ? "running" : "failed";
  const progress = withDone(task.progress, done);
  const changed = await backgroundTasks.change(task, { status, progress }, Date.now());
  if (changed !== undefined) return changed;
  // It was canceled meanwhile: what was sent counts all the same.
  const found = await backgroundTasks.read(task.id);
  if (found === undefined || !wasCanceled(found) || !isSamePage(found, task)) return found;
  const counted = withDone(found.progress, { ...done, error: found.progress.error });
  return backgroundTasks.change(found, { status: "failed", progress: counted }, Date.now());
}

function isSamePage(
  { progress: one }: BackgroundTask,
  { progress: other }: BackgroundTask,
): boolean {
  return one.cursor === other.cursor && one.page.length === other.page.length;
}

function withDone(
  before: TaskProgress,
  { left, counts, results = [], error }: DonePage,
): TaskProgress {
  return {
    ...before,
    page: left,
    counts: addCounts(before.counts, counts),
    results: [...before.results, ...results],
    ...(error === undefined ? {} : { error }),
  };
}
