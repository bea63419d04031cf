import { queryOptions } from "@tanstack/react-query";
import { RANGE_FACTS, seriesQuery, type Range } from "./ranges.ts";
import type { Portal } from "../../session/portal-context.tsx";
import { answerOf } from "../../api/client.ts";

type Api = Pick<Portal, "client" | "appId">;

/** By the clock, and not by each change: counting costs the server more than a look. */
const REFRESH = { refetchInterval: 30_000 };

export function attemptCountsQuery({ client, appId }: Api, range: Range) {
  return queryOptions({
    ...REFRESH,
    queryKey: ["activity", appId, "counts", range] as const,
    queryFn: () =>
      answerOf(
        client.GET("/api/v1/stats/app/{app_id}/attempt", {
          params: {
            path: { app_id: appId },
            query: seriesQuery(range, "counts", Date.now()),
          },
        }),
      ),
  });
}

export function latenciesQuery({ client, appId }: Api, range: Range) {
  return queryOptions({
    ...REFRESH,
    queryKey: ["activity", appId, "latencies", range] as const,
    queryFn: () =>
      answerOf(
        client.GET("/api/v1/stats/app/{app_id}/attempt/latency", {
          params: {
            path: { app_id: appId },
            query: seriesQuery(range, "latencies", Date.now()),
          },
        }),
      ),
  });
}

export function failingEndpointsQuery({ client, appId }: Api, range: Range) {
  return queryOptions({
    ...REFRESH,
    queryKey: ["activity", appId, "failing", range] as const,
    queryFn: () => {
      const since = new Date(Date.now() - RANGE_FACTS[range].lengthMs).toISOString();
      return answerOf(
        client.GET("/api/v1/app/{app_id}/stats/failing-endpoints", {
          params: { path: { app_id: appId }, query: { since } },
        }),
      );
    },
  });
}
