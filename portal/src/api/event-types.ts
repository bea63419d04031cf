import { useQuery } from "@tanstack/react-query";
import { usePortal } from "../session/portal-context.tsx";
import { answerOf, type ApiClient } from "./client.ts";
import type { EventTypeOut } from "./schema.d.ts";

const PAGE = 250;
/** A catalogue is for people to choose from; more than this nobody does. */
const PAGES_MAX = 20;

/** All event types that the session sees, by name. */
export function useEventTypes() {
  const { client, appId } = usePortal();
  return useQuery({
    queryKey: ["event-types", appId],
    queryFn: () => allEventTypes(client),
    staleTime: 60_000,
  });
}

export async function allEventTypes(
  client: ApiClient,
  includeArchived = false,
): Promise<readonly EventTypeOut[]> {
  const all: EventTypeOut[] = [];
  let iterator: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const query = {
      limit: PAGE,
      with_content: true,
      include_archived: includeArchived,
      ...(iterator !== undefined && { iterator }),
    };
    const {
      data,
      done,
      iterator: next,
    } = await answerOf(client.GET("/api/v1/event-type", { params: { query } }));
    all.push(...data);
    if (done || next === null) break;
    iterator = next;
  }
  return all;
}
