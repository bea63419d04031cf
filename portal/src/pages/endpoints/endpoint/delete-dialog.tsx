import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { deleteEndpoint } from "../../../api/endpoint-settings.ts";
import type { EndpointOut } from "../../../api/schema.d.ts";
import { ConfirmByName } from "../../../components/confirm-by-name.tsx";
import { usePortal } from "../../../session/portal-context.tsx";

type DeleteDialogProps = {
  readonly endpoint: Pick<EndpointOut, "id" | "url">;
  readonly opened: boolean;
  readonly onClose: () => void;
};

export function DeleteDialog({ endpoint, opened, onClose }: DeleteDialogProps) {
  const portal = usePortal();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const deleting = useMutation({
    mutationFn: () => deleteEndpoint(portal, endpoint.id),
    onSuccess: async () => {
      // First away from its page, which would ask for what is not there any more.
      await navigate({ to: "/portal/endpoints" });
      await queryClient.invalidateQueries({ queryKey: ["endpoints"] });
      notifications.show({ color: "gray", message: `${endpoint.url} was deleted` });
    },
  });
  return (
    <ConfirmByName
      opened={opened}
      onClose={onClose}
      onConfirm={() => deleting.mutate()}
      title="Delete this endpoint?"
      name={endpoint.url}
      action="Delete"
      isBusy={deleting.isPending}
      error={deleting.error}
      onClosed={deleting.reset}
    >
      Nothing is sent to it any more, what waits is not sent, and its signing secret is gone. This
      cannot be undone. If you only want a pause, disable it.
    </ConfirmByName>
  );
}
