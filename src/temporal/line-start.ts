import type { WorkflowClient } from "@temporalio/client";
import type { LineDispatcher } from "../delivery/lines/tell-line.ts";
import {
  DELIVER_IN_ORDER,
  deliverInOrderId,
  LINE_CHANGED_SIGNAL,
  type DeliverInOrderInput,
} from "../../workflows/contract.ts";

type InTime = <Result>(call: () => Promise<Result>) => Promise<Result>;

/** A signal that comes as the workflow is about to end keeps it from ending; after that it is a start. */
export function createLineStart(
  workflow: WorkflowClient,
  taskQueue: string,
  inTime: InTime,
): LineDispatcher["carryLine"] {
  return async (endpointId) => {
    const input: DeliverInOrderInput = { endpointId };
    const signaled = {
      taskQueue,
      workflowId: deliverInOrderId(endpointId),
      args: [input],
      signal: LINE_CHANGED_SIGNAL,
      staticSummary: `in order → ${endpointId}`,
    };
    await inTime(() => workflow.signalWithStart(DELIVER_IN_ORDER, signaled));
  };
}
