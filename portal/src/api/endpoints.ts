import { queryOptions } from "@tanstack/react-query";
import { answerOf } from "./client.ts";
import type { Portal } from "../session/portal-context.tsx";

type Api = Pick<Portal, "client" | "appId">;

export function endpointQuery({ client, appId }: Api, endpointId: string) {
  return queryOptions({
    // Begins with what `useLive` makes stale.
    queryKey: ["endpoints", appId, endpointId] as const,
    queryFn: () =>
      answerOf(
        client.GET("/api/v1/app/{app_id}/endpoint/{endpoint_id}", {
          params: { path: { app_id: appId, endpoint_id: endpointId } },
        }),
      ),
  });
}

export function listEndpoints({ client, appId }: Api, iterator: string | undefined) {
  return answerOf(
    client.GET("/api/v1/app/{app_id}/endpoint", {
      params: { path: { app_id: appId }, query: { ...(iterator !== undefined && { iterator }) } },
    }),
  );
}

/** Of the last `days` days. */
export function endpointStatsQuery({ client, appId }: Api, endpointId: string, days: number) {
  return queryOptions({
    queryKey: ["stats", appId, endpointId, days] as const,
    queryFn: () =>
      answerOf(
        client.GET("/api/v1/app/{app_id}/endpoint/{endpoint_id}/stats", {
          params: {
            path: { app_id: appId, endpoint_id: endpointId },
            query: { since: new Date(Date.now() - days * 86_400_000).toISOString() },
          },
        }),
      ),
  });
}
