import { queryOptions } from "@tanstack/react-query";
import type { Portal } from "../session/portal-context.tsx";
import { answerOf } from "./client.ts";
import type { BulkReplayIn, ReplayTaskOut } from "./schema.d.ts";

type Api = Pick<Portal, "client" | "appId">;

export type ReplayKind = "recover" | "replay-missing" | "bulk-replay";

export type ReplayAsked = {
  readonly kind: ReplayKind;
  readonly endpointId: string;
  /** Of a recovery and of a replay of what is missing: since and until alone. */
  readonly body: BulkReplayIn;
};

const ENDPOINT = "/api/v1/app/{app_id}/endpoint/{endpoint_id}";
const POLL_MS = 1_000;

/** How many messages it would be about. */
export function previewQuery(api: Api, asked: ReplayAsked) {
  return queryOptions({
    queryKey: ["previews", api.appId, asked] as const,
    queryFn: () => preview(api, asked),
    staleTime: 0,
  });
}

function preview({ client, appId }: Api, { kind, endpointId, body }: ReplayAsked) {
  const params = { path: { app_id: appId, endpoint_id: endpointId } };
  return answerOf(client.POST(`${ENDPOINT}/${kind}/preview`, { params, body }));
}

/** `withRetries`: each message gets its schedule of retries anew; else one attempt. */
export function beginReplay(
  { client, appId }: Api,
  { kind, endpointId, body }: ReplayAsked,
  withRetries: boolean,
): Promise<{ readonly id: string }> {
  const path = { app_id: appId, endpoint_id: endpointId };
  const params = { path, query: { retry: withRetries } };
  return answerOf(client.POST(`${ENDPOINT}/${kind}`, { params, body }));
}

/** How far it is, asked for every second until it has ended. */
export function replayTaskQuery({ client, appId }: Api, taskId: string) {
  return queryOptions({
    queryKey: ["tasks", appId, taskId] as const,
    queryFn: () =>
      answerOf(
        client.GET("/api/v1/app/{app_id}/background-task/{task_id}", {
          params: { path: { app_id: appId, task_id: taskId } },
        }),
      ),
    refetchInterval: ({ state }) => (isRunning(state.data) ? POLL_MS : false),
  });
}

/** Those of the endpoint that still run, newest first. */
export function runningReplaysQuery({ client, appId }: Api, endpointId: string) {
  return queryOptions({
    queryKey: ["tasks", appId, "running", endpointId] as const,
    queryFn: () =>
      answerOf(
        client.GET("/api/v1/app/{app_id}/background-task", {
          params: {
            path: { app_id: appId },
            query: { endpoint_id: endpointId, status: "running" },
          },
        }),
      ),
  });
}

export function cancelReplay({ client, appId }: Api, taskId: string) {
  return answerOf(
    client.POST("/api/v1/app/{app_id}/background-task/{task_id}/cancel", {
      params: { path: { app_id: appId, task_id: taskId } },
    }),
  );
}

function isRunning(task: ReplayTaskOut | undefined): boolean {
  return task === undefined || task.status === "running";
}
