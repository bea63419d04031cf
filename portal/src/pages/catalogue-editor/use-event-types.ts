import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answerOf } from "../../api/client.ts";
import { allEventTypes } from "../../api/event-types.ts";
import type { EventTypeOut } from "../../api/schema.d.ts";
import { adviceOf } from "../../api/advice.ts";
import { useConsole } from "../../session/console-context.tsx";

export const EVENT_TYPES_KEY = "event-types";

/** Whether whoever is signed in may change the catalogue, which a test key may not. */
export function useCanEdit(): boolean {
  const { canManage, mode } = useConsole();
  return canManage && mode === "live";
}

/** The whole catalogue, archived ones included, by name. */
export function useCatalogue() {
  const { client, organizationId } = useConsole();
  return useQuery({
    queryKey: [EVENT_TYPES_KEY, organizationId],
    queryFn: () => allEventTypes(client, true),
  });
}

/** Takes an event type out of use, or brings it back. */
export function useArchive() {
  const { client } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ name, archived }: Pick<EventTypeOut, "name" | "archived">) =>
      answerOf(
        client.PATCH("/api/v1/event-type/{event_type_name}", {
          params: { path: { event_type_name: name } },
          body: { archived: !archived },
        }),
      ),
    onSuccess: ({ name, archived }) =>
      notifications.show({ message: `${name} is ${archived ? "archived" : "back in use"}` }),
    onError: (error) =>
      notifications.show({
        color: "red",
        title: "The event type could not be changed",
        message: adviceOf(error),
      }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: [EVENT_TYPES_KEY] }),
  });
}
