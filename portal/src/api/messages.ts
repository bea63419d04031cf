import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { notifications } from "@mantine/notifications";
import { adviceOf } from "./advice.ts";
import { queryOf, type Filters } from "../components/filters/filters.ts";
import { usePortal, type Portal } from "../session/portal-context.tsx";
import type { DeliveryIds } from "./attempts.ts";
import { answerOf, type ApiClient } from "./client.ts";

type Api = Pick<Portal, "client" | "appId">;

/** Newest first, without payloads, with how each fares. */
export function listMessages(
  { client, appId }: Api,
  filters: Filters,
  iterator: string | undefined,
) {
  const { status: _, ...query } = queryOf(filters, Date.now());
  return answerOf(
    client.GET("/api/v1/app/{app_id}/msg", {
      params: {
        path: { app_id: appId },
        query: {
          ...query,
          with_content: false,
          with_deliveries: true,
          ...(iterator !== undefined && { iterator }),
        },
      },
    }),
  );
}

/** By its id, or by its event id. */
export function messageQuery(api: Api, idOrEventId: string) {
  return queryOptions({
    queryKey: ["messages", api.appId, idOrEventId] as const,
    queryFn: () => findMessage(api, idOrEventId),
  });
}

export function findMessage({ client, appId }: Api, idOrEventId: string) {
  return answerOf(
    client.GET("/api/v1/app/{app_id}/msg/{msg_id}", {
      params: { path: { app_id: appId, msg_id: idOrEventId }, query: { with_content: false } },
    }),
  );
}

/** As it is sent, byte for byte. It never changes, but may be deleted. */
export function payloadQuery({ client, appId }: Api, messageId: string) {
  return queryOptions({
    queryKey: ["payloads", appId, messageId] as const,
    staleTime: 60_000,
    queryFn: () =>
      answerOf(
        client.GET("/api/v1/app/{app_id}/msg/{msg_id}/raw", {
          params: { path: { app_id: appId, msg_id: messageId } },
        }),
      ),
  });
}

/** How far the message is at each endpoint. */
export function listDeliveries(
  { client, appId }: { readonly client: ApiClient; readonly appId: string },
  messageId: string,
  iterator: string | undefined,
) {
  return answerOf(
    client.GET("/api/v1/app/{app_id}/msg/{msg_id}/delivery", {
      params: {
        path: { app_id: appId, msg_id: messageId },
        query: { ...(iterator !== undefined && { iterator }) },
      },
    }),
  );
}

/** Ends a delivery: no attempt follows, unless somebody makes one by hand. */
export function useCancelDelivery() {
  const { client, appId } = usePortal();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ messageId, endpointId }: DeliveryIds) =>
      answerOf(
        client.POST("/api/v1/app/{app_id}/msg/{msg_id}/endpoint/{endpoint_id}/cancel", {
          params: { path: { app_id: appId, msg_id: messageId, endpoint_id: endpointId } },
        }),
      ),
    onSuccess: () =>
      notifications.show({
        color: "teal",
        title: "Canceled",
        message: "No attempt follows. You can still send it again by hand.",
      }),
    onError: (error) =>
      notifications.show({
        color: "red",
        title: "It could not be canceled",
        message: adviceOf(error),
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["attempts"] }),
  });
}
