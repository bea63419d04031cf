import { ActionIcon, Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconExternalLink } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { answerOf } from "../../api/client.ts";
import type { ApplicationOut } from "../../api/schema.d.ts";
import { adviceOf } from "../../components/error-state.tsx";
import { useConsole } from "../../session/console-context.tsx";

type ViewWebhookProps = {
  readonly application: Pick<ApplicationOut, "id" | "name">;
  /** What to open first, below /portal: "/endpoints/ep_…". */
  readonly at?: string;
  /** In tables that narrow screens have little room for: only its sign. */
  readonly isShortWhereNarrow?: true;
};

/** Opens the application's portal, as its people see it, in a tab of its own. */
export function ViewWebhook({ application, at, isShortWhereNarrow }: ViewWebhookProps) {
  const { client } = useConsole();
  const opening = useMutation({
    mutationFn: async (tab: Window | null) => {
      const { url } = await answerOf(
        client.POST("/api/v1/auth/app-portal-access/{app_id}", {
          params: { path: { app_id: application.id } },
          body: {},
        }),
      );
      const link = at === undefined ? url : `${url}&next=${encodeURIComponent(at)}`;
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
  const props = {
    variant: "default",
    "aria-label": `View webhook of ${application.name}`,
    loading: opening.isPending,
    // At once, by the click: what opens later, browsers block.
    onClick: () => opening.mutate(window.open("about:blank", "_blank")),
  };
  return (
    <>
      <Button
        size="xs"
        rightSection={<IconExternalLink size={14} />}
        {...props}
        {...(isShortWhereNarrow === true && { visibleFrom: "sm" })}
      >
        View webhook
      </Button>
      {isShortWhereNarrow === true && (
        <ActionIcon size={30} {...props} hiddenFrom="sm">
          <IconExternalLink size={14} />
        </ActionIcon>
      )}
    </>
  );
}
