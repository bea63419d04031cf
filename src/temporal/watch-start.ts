import { WorkflowNotFoundError, type WorkflowClient } from "@temporalio/client";
import type { WatchFinder } from "../delivery/find-lost-watches.ts";
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

export function createFindWatch(
  workflow: WorkflowClient,
  inTime: InTime,
): WatchFinder["isWatched"] {
  return async (endpointId) => {
    const handle = workflow.getHandle(watchEndpointId(endpointId));
    try {
      const { status } = await inTime(() => handle.describe());
      return status.name === "RUNNING";
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  };
}
