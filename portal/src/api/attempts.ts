import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { adviceOf } from "./advice.ts";
import { usePortal, type Portal } from "../session/portal-context.tsx";
import { answerOf } from "./client.ts";

type Api = Pick<Portal, "client" | "appId">;

/** A message at an endpoint. */
export type DeliveryIds = { readonly messageId: string; readonly endpointId: string };

type AttemptIds = { readonly messageId: string; readonly attemptId: string };

const ATTEMPTS_PER_PAGE = 10;
/** Of a note with a link: for whoever reads slowly, or with a screen reader, to follow it. */
const NOTE_WITH_LINK_MS = 20_000;

/** Newest first. */
export function listAttempts(
  { client, appId }: Api,
  { messageId, endpointId }: DeliveryIds,
  iterator: string | undefined,
) {
  return answerOf(
    client.GET("/api/v1/app/{app_id}/attempt/msg/{msg_id}", {
      params: {
        path: { app_id: appId, msg_id: messageId },
        query: {
          endpoint_id: endpointId,
          limit: ATTEMPTS_PER_PAGE,
          ...(iterator !== undefined && { iterator }),
        },
      },
    }),
  );
}

/** They are what they were: never asked for twice. */
export function attemptHeadersQuery({ client, appId }: Api, { messageId, attemptId }: AttemptIds) {
  return queryOptions({
    queryKey: ["attempt-headers", appId, messageId, attemptId] as const,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      answerOf(
        client.GET("/api/v1/app/{app_id}/msg/{msg_id}/attempt/{attempt_id}/headers", {
          params: { path: { app_id: appId, msg_id: messageId, attempt_id: attemptId } },
        }),
      ),
  });
}

/** Attempts the message at the endpoint once more, now, and says `where` its attempt is seen, until `close`d. */
export function useResend(where?: (close: () => void) => ReactNode) {
  const { client, appId } = usePortal();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ messageId, endpointId }: DeliveryIds) =>
      answerOf(
        client.POST("/api/v1/app/{app_id}/msg/{msg_id}/endpoint/{endpoint_id}/resend", {
          params: { path: { app_id: appId, msg_id: messageId, endpoint_id: endpointId } },
        }),
      ),
    onSuccess: async () => {
      const id: string = notifications.show({
        color: "teal",
        title: "Sent again",
        message: where?.(() => notifications.hide(id)) ?? "The attempt appears here in a moment.",
        ...(where !== undefined && { autoClose: NOTE_WITH_LINK_MS }),
      });
      await queryClient.invalidateQueries({ queryKey: ["attempts"] });
    },
    onError: (error) =>
      notifications.show({
        color: "red",
        title: "It could not be sent again",
        message: adviceOf(error),
      }),
  });
}
