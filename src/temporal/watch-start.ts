import type { WorkflowClient } from "@temporalio/client";
import type { WatchDispatcher } from "../delivery/tell-watches.ts";
import {
  ENDPOINT_CHANGED_SIGNAL,
  WATCH_ENDPOINT,
  watchEndpointId,
  type WatchEndpointInput,
} from "../../workflows/contract.ts";

type InTime = <Result>(call: () => Promise<Result>) => Promise<Result>;

/** A signal that comes as the watch is about to end keeps it from ending; after that it is a start. */
export function createWatchStart(
  workflow: WorkflowClient,
  taskQueue: string,
  inTime: InTime,
): WatchDispatcher["watchEndpoint"] {
  return async (endpointId) => {
    const input: WatchEndpointInput = { endpointId };
    const signaled = {
      taskQueue,
      workflowId: watchEndpointId(endpointId),
      args: [input],
      signal: ENDPOINT_CHANGED_SIGNAL,
      staticSummary: `watches ${endpointId}`,
    };
    await inTime(() => workflow.signalWithStart(WATCH_ENDPOINT, signaled));
  };
}
