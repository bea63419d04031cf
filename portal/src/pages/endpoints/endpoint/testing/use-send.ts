import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { answerOf } from "../../../../api/client.ts";
import type { MessageIn } from "../../../../api/schema.d.ts";
import { usePortal, type Portal } from "../../../../session/portal-context.tsx";

export type Sending = {
  readonly eventType: string;
  /** Which of the event type's examples it is; undefined where it was edited. */
  readonly exampleIndex: number | undefined;
  readonly payload: string;
};

/** A message that was sent from here. */
export type Sent = { readonly eventType: string; readonly messageId: string };

const SENT_MAX = 5;

/** Sends examples; keeps the last few, to show what becomes of them. */
export function useSend(endpointId: string) {
  const portal = usePortal();
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const mutation = useMutation({
    mutationFn: (sending: Sending) => send(portal, endpointId, sending),
    onSuccess: (messageId, { eventType }) =>
      setSent((others) => [{ eventType, messageId }, ...others].slice(0, SENT_MAX)),
  });
  return { mutation, sent };
}

/** Resolves to the message's id. What was edited is sent once, and awaited. */
async function send(
  { client, appId }: Portal,
  endpointId: string,
  { eventType, exampleIndex, payload }: Sending,
): Promise<string> {
  const params = { path: { app_id: appId, endpoint_id: endpointId } };
  if (exampleIndex !== undefined) {
    const { id } = await answerOf(
      client.POST("/api/v1/app/{app_id}/endpoint/{endpoint_id}/send-example", {
        params,
        body: { eventType, exampleIndex },
      }),
    );
    return id;
  }
  const { msgId } = await answerOf(
    client.POST("/api/v1/app/{app_id}/endpoint/{endpoint_id}/msg/test-attempt", {
      params,
      body: { eventType, payload: JSON.parse(payload) as NonNullable<MessageIn["payload"]> },
    }),
  );
  return msgId;
}
