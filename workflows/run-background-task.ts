import {
  CancellationScope,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  workflowInfo,
} from "@temporalio/workflow";
import type { TaskReport } from "../src/delivery/tasks/task-report.ts";
import type { RunBackgroundTaskInput } from "./contract.ts";
import { cancelBackgroundTask, carryBackgroundTask } from "./proxies.ts";

/** Carries a task page by page. Where it is stands in the database, not here. */
export async function runBackgroundTask({ taskId }: RunBackgroundTaskInput): Promise<TaskReport> {
  try {
    for (;;) {
      const report = await carryBackgroundTask(taskId);
      setCurrentDetails(report.line);
      if (report.status !== "running") return report;
      if (workflowInfo().continueAsNewSuggested) {
        await continueAsNew<typeof runBackgroundTask>({ taskId });
      }
    }
  } catch (error) {
    if (isCancellation(error)) {
      await CancellationScope.nonCancellable(() => cancelBackgroundTask(taskId));
    }
    throw error;
  }
}
