import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answerOf } from "../../../api/client.ts";
import { changePlay, playIdOf } from "../../../api/plays.ts";
import type { EndpointOut } from "../../../api/schema.d.ts";
import { usePortal, type Portal } from "../../../session/portal-context.tsx";
import { endpointIn, requestFormatIn, type FormValues } from "./form-values.ts";

export type CreatedEndpoint = {
  readonly endpoint: EndpointOut;
  /** Of its signatures; undefined where the session may not see it. */
  readonly secret: string | undefined;
  /** It is there, but how its requests look could not be set. */
  readonly formatError: Error | undefined;
};

export function useCreateEndpoint() {
  const portal = usePortal();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (values: FormValues) => create(portal, values),
    onSuccess: () => {
      for (const key of ["endpoints", "stats"]) {
        void queryClient.invalidateQueries({ queryKey: [key] });
      }
    },
  });
}

async function create(portal: Portal, values: FormValues): Promise<CreatedEndpoint> {
  const { client, appId } = portal;
  const endpoint = await answerOf(
    client.POST("/api/v1/app/{app_id}/endpoint", {
      params: { path: { app_id: appId } },
      body: endpointIn(values),
    }),
  );
  const formatError = await setFormat(portal, endpoint.id, values);
  const secret = await secretOf(portal, endpoint.id);
  await tellPlay(portal, endpoint.url, secret);
  return { endpoint, secret, formatError };
}

/** A testing URL checks signatures from the first request on. Without the secret it just shows. */
async function tellPlay(
  { client }: Portal,
  url: string,
  secret: string | undefined,
): Promise<void> {
  const playId = playIdOf(url);
  if (playId === undefined || secret === undefined) return;
  await changePlay(client, playId, { secret }).catch(() => undefined);
}

async function setFormat(
  { client, appId }: Portal,
  endpointId: string,
  values: FormValues,
): Promise<Error | undefined> {
  const body = requestFormatIn(values);
  if (body === undefined) return undefined;
  const path = { app_id: appId, endpoint_id: endpointId };
  const url = "/api/v1/app/{app_id}/endpoint/{endpoint_id}/request-format";
  return answerOf(client.PUT(url, { params: { path }, body })).then(
    () => undefined,
    (error: Error) => error,
  );
}

async function secretOf(
  { client, appId }: Portal,
  endpointId: string,
): Promise<string | undefined> {
  const path = { app_id: appId, endpoint_id: endpointId };
  const url = "/api/v1/app/{app_id}/endpoint/{endpoint_id}/secret";
  return answerOf(client.GET(url, { params: { path } })).then(
    ({ key }) => key,
    () => undefined,
  );
}
