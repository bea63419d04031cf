import { Worker, type NativeConnection, type WorkflowBundle } from "@temporalio/worker";
import type { Activities } from "../../activities/activities.ts";

export type WorkerOptions = {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly activities: Activities;
  readonly workflowBundle: WorkflowBundle;
};

export type RunningWorker = {
  /** Settles when the worker has ended; rejects if it failed. */
  readonly ended: Promise<void>;
  /** Lets what is under way end. */
  stop(): Promise<void>;
};

// Cached workflows cost memory; one that is evicted is replayed when its timer fires.
const CACHED_WORKFLOWS_MAX = 1_000;
const WORKFLOW_TASKS_MAX = 100;
// Most only wait for a turn at an endpoint that hangs. Turns bound what is sent; a bound that they
// reach here would hold up the retries of every other endpoint.
const ACTIVITIES_MAX = 2_000;
const LOCAL_ACTIVITIES_MAX = 500;

/** Begins to poll. Throws if the namespace cannot be reached. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const worker = await Worker.create({
    ...options,
    maxCachedWorkflows: CACHED_WORKFLOWS_MAX,
    maxConcurrentWorkflowTaskExecutions: WORKFLOW_TASKS_MAX,
    maxConcurrentActivityTaskExecutions: ACTIVITIES_MAX,
    maxConcurrentLocalActivityExecutions: LOCAL_ACTIVITIES_MAX,
    workflowThreadPoolSize: 1,
    shutdownGraceTime: "30 seconds",
  });
  const ended = worker.run();
  return {
    ended,
    async stop() {
      if (worker.getState() === "RUNNING") worker.shutdown();
      // Why it failed, if it did, `ended` tells whoever watches it.
      await ended.catch(() => undefined);
    },
  };
}
