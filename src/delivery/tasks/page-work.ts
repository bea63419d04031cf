import type { BackgroundTask, TaskCounts } from "../../domain/background-task.ts";
import type { Scanned } from "../../store/catalogue-tasks.ts";

/** How one type of task is done: what comes next, and what is done with it. */
export type PageWork = {
  /** The ids of the next page, beyond `cursor`. */
  next(task: BackgroundTask, cursor: string): Promise<Scanned>;
  /** Works on the page that the task has; begins nothing more when the signal comes. */
  work(task: BackgroundTask, signal: AbortSignal): Promise<DonePage>;
};

export type DonePage = {
  /** What is not done. */
  readonly left: readonly string[];
  readonly counts: TaskCounts;
  readonly results?: readonly unknown[];
  /** Why the rest cannot be done either. */
  readonly error?: string | undefined;
};
