import { queryOptions } from "@tanstack/react-query";
import type { Portal } from "../session/portal-context.tsx";
import { answerOf } from "./client.ts";

/** How an endpoint's requests look, its secrets masked. */
export function requestFormatQuery(
  { client, appId }: Pick<Portal, "client" | "appId">,
  endpointId: string,
) {
  return queryOptions({
    queryKey: ["endpoints", appId, endpointId, "request-format"] as const,
    queryFn: () =>
      answerOf(
        client.GET("/api/v1/app/{app_id}/endpoint/{endpoint_id}/request-format", {
          params: { path: { app_id: appId, endpoint_id: endpointId } },
        }),
      ),
  });
}
