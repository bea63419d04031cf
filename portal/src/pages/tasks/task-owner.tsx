import { Stack, Text } from "@mantine/core";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { ApiError } from "../../api/api-error.ts";
import { answerOf } from "../../api/client.ts";
import type { ApplicationOut, BackgroundTaskOut, EndpointOut } from "../../api/schema.d.ts";
import { useConsole } from "../../session/console-context.tsx";
import { ApplicationLink } from "../applications/application-link.tsx";
import { ownerOf } from "./task-words.ts";

/** Names change rarely, and what a page of tasks names is asked for once. */
const NAMES_FRESH_MS = 5 * 60_000;

/** The application that a task works for, and the endpoint where it is about one. */
export function TaskOwner({ task }: { readonly task: BackgroundTaskOut }) {
  const { appId, endpointId } = ownerOf(task);
  if (appId === undefined) {
    return (
      <Text size="xs" c="dimmed">
        All applications
      </Text>
    );
  }
  return (
    <Stack gap={2}>
      <Application appId={appId} />
      {endpointId !== undefined && <Endpoint appId={appId} endpointId={endpointId} />}
    </Stack>
  );
}

function Application({ appId }: { readonly appId: string }) {
  const query = useApplicationOf(appId);
  if (query.data !== undefined) return <ApplicationLink application={query.data} />;
  return <Unnamed id={appId} query={query} />;
}

type EndpointProps = { readonly appId: string; readonly endpointId: string };

function Endpoint({ appId, endpointId }: EndpointProps) {
  const query = useEndpointOf(appId, endpointId);
  if (query.data === undefined) return <Unnamed id={endpointId} query={query} />;
  return (
    <Text size="xs" style={{ overflowWrap: "anywhere" }}>
      {query.data.url}
    </Text>
  );
}

type UnnamedProps = { readonly id: string; readonly query: Pick<UseQueryResult, "error"> };

/** Until its name is there; or because it is there no more. */
function Unnamed({ id, query: { error } }: UnnamedProps) {
  const isDeleted = error instanceof ApiError && error.status === 404;
  return (
    <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
      <span className="mono">{id}</span>
      {isDeleted && " (deleted)"}
    </Text>
  );
}

export function useApplicationOf(appId: string | undefined): UseQueryResult<ApplicationOut> {
  const { client, organizationId } = useConsole();
  return useQuery({
    queryKey: ["application-names", organizationId, appId],
    enabled: appId !== undefined,
    staleTime: NAMES_FRESH_MS,
    queryFn: () =>
      answerOf(client.GET("/api/v1/app/{app_id}", { params: { path: { app_id: appId ?? "" } } })),
  });
}

function useEndpointOf(appId: string, endpointId: string): UseQueryResult<EndpointOut> {
  const { client, organizationId } = useConsole();
  return useQuery({
    queryKey: ["endpoint-names", organizationId, appId, endpointId],
    staleTime: NAMES_FRESH_MS,
    queryFn: () =>
      answerOf(
        client.GET("/api/v1/app/{app_id}/endpoint/{endpoint_id}", {
          params: { path: { app_id: appId, endpoint_id: endpointId } },
        }),
      ),
  });
}
