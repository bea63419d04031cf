import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { answerOf } from "../../api/client.ts";
import type { EventTypeOut } from "../../api/schema.d.ts";
import { useConsole } from "../../session/console-context.tsx";
import { eventTypeIn, type EventTypeValues } from "./event-type-values.ts";
import { EVENT_TYPES_KEY } from "./use-event-types.ts";

/** Saves what the form has, and goes back to the list. `before`: what there was; undefined: nothing. */
export function useSave(before: EventTypeOut | undefined) {
  const { client } = useConsole();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (values: EventTypeValues) => {
      const body = eventTypeIn(values, before);
      if (before === undefined) return answerOf(client.POST("/api/v1/event-type", { body }));
      const { name: _name, ...update } = body;
      const params = { path: { event_type_name: before.name } };
      return answerOf(client.PUT("/api/v1/event-type/{event_type_name}", { params, body: update }));
    },
    onSuccess: async ({ name }) => {
      notifications.show({ message: `${name} was saved` });
      await queryClient.invalidateQueries({ queryKey: [EVENT_TYPES_KEY] });
      await navigate({ to: "/console/event-types" });
    },
  });
}
