import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { answerOf } from "../../api/client.ts";
import type { ApplicationOut } from "../../api/schema.d.ts";
import { adviceOf } from "../../api/advice.ts";
import { useConsole } from "../../session/console-context.tsx";

/**
 * Opens the application's portal, as its people see it, in a tab of its own. `at`: what of it to
 * open first, below /portal: "/endpoints/ep_…".
 */
export function usePortalOpening({ id, name }: Pick<ApplicationOut, "id" | "name">, at?: string) {
  const { client } = useConsole();
  const opening = useMutation({
    mutationFn: async (tab: Window | null) => {
      const { url } = await answerOf(
        client.POST("/api/v1/auth/app-portal-access/{app_id}", {
          params: { path: { app_id: id } },
          body: {},
        }),
      );
      const next = at === undefined ? "" : `&next=${encodeURIComponent(at)}`;
      const link = `${url}&customer=${encodeURIComponent(name)}${next}`;
      if (tab === null) location.assign(link);
      else tab.location.replace(link);
    },
    onError: (error, tab) => {
      tab?.close();
      notifications.show({
        color: "red",
        title: "The portal could not be opened",
        message: adviceOf(error),
      });
    },
  });
  return {
    isOpening: opening.isPending,
    // At once, by the click: what opens later, browsers block.
    open: () => opening.mutate(window.open("about:blank", "_blank")),
  };
}
