import type { BackgroundTask, TaskStatus } from "../../domain/background-task.ts";

/** An activity's result. It stands in Temporal's history, where people read it. */
export type TaskReport = {
  /** "gone": there is no such task. */
  readonly status: TaskStatus | "gone";
  /** "endpoint.recover: 300 found, 100 sent, 98 succeeded, 2 failed" */
  readonly line: string;
};

const GONE: TaskReport = { status: "gone", line: "There is no such task" };

export function reportTask(task: BackgroundTask | undefined): TaskReport {
  if (task === undefined) return GONE;
  const { counts, error } = task.progress;
  const numbers = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  const line = `${task.work.type}: ${numbers.join(", ")}${error === undefined ? "" : `. ${error}`}`;
  return { status: task.status, line };
}
