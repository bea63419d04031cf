import { cancellationSignal } from "@temporalio/activity";
import type { DeliveryToResend, MakeResent, ResendReport } from "../src/delivery/resend.ts";
import type { CarryTask } from "../src/delivery/tasks/carry-task.ts";
import type { TaskReport } from "../src/delivery/tasks/task-report.ts";
import { withHeartbeats } from "./heartbeats.ts";

export type ByHandActivityDeps = {
  readonly makeResent: MakeResent;
  readonly carryTask: CarryTask;
};

/** Makes one attempt that somebody asked for, or says why not. */
export function createMakeAttemptByHand({ makeResent }: ByHandActivityDeps) {
  return (delivery: DeliveryToResend): Promise<ResendReport> =>
    withHeartbeats(() => makeResent(delivery));
}

/** Does one page of a background task. */
export function createCarryBackgroundTask({ carryTask }: ByHandActivityDeps) {
  return (taskId: string): Promise<TaskReport> =>
    withHeartbeats(() => carryTask.page(taskId, cancellationSignal()));
}

/** Ends a background task as failed. */
export function createCancelBackgroundTask({ carryTask }: ByHandActivityDeps) {
  return (taskId: string): Promise<TaskReport> => carryTask.cancel(taskId);
}
