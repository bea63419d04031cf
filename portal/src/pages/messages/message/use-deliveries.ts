import { useQuery } from "@tanstack/react-query";
import { createApiClient } from "../../../api/client.ts";
import { listDeliveries } from "../../../api/messages.ts";
import { usePages } from "../../../components/table/use-pages.ts";
import { keptOperator } from "../../../session/operator.ts";
import { usePortal } from "../../../session/portal-context.tsx";

/** Begins with what a change of an attempt makes stale. */
const KEY = "attempts";

export function useDeliveries(messageId: string) {
  const portal = usePortal();
  return usePages([KEY, portal.appId, "deliveries", messageId], (iterator) =>
    listDeliveries(portal, messageId, iterator),
  );
}

/**
 * Temporal's pages of a message's deliveries, by endpoint. The API tells them to operators alone:
 * who came here from the console is one, and this tab has their token.
 */
export function useWorkflowUrls(messageId: string): ReadonlyMap<string, string> {
  const { appId, baseUrl } = usePortal();
  const operator = keptOperator();
  const { data } = useQuery({
    queryKey: [KEY, appId, "workflows", messageId],
    enabled: operator !== undefined,
    retry: false,
    queryFn: () => {
      const client = createApiClient({ baseUrl, token: operator?.token });
      return listDeliveries({ client, appId }, messageId, undefined);
    },
  });
  const known = (data?.data ?? []).flatMap(({ endpointId, workflowUrl }) =>
    workflowUrl === null ? [] : [[endpointId, workflowUrl] as const],
  );
  return new Map(known);
}
