import { randomBytes } from "node:crypto";
import type { WorkflowHandle } from "@temporalio/client";
import type { temporal } from "@temporalio/proto";

const SIGNAL = "ballast";
const SIGNALS = 5;
const SIGNAL_BYTES = 1_000_000;

/**
 * Past 4 MB the server suggests that a workflow goes on in a new run. Signals that nobody handles
 * are kept all the same.
 */
export async function growHistory(workflow: WorkflowHandle): Promise<void> {
  const text = randomBytes(SIGNAL_BYTES / 2).toString("hex");
  for (let i = 0; i < SIGNALS; i++) await workflow.signal(SIGNAL, text);
}

/** The same history, small enough to be kept. */
export function withoutBallast(
  history: temporal.api.history.v1.IHistory,
): temporal.api.history.v1.IHistory {
  for (const { workflowExecutionSignaledEventAttributes: signaled } of history.events ?? []) {
    if (signaled?.signalName === SIGNAL) signaled.input = null;
  }
  return history;
}
