import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answerOf } from "../../api/client.ts";
import type { ApiKeyOut } from "../../api/schema.d.ts";
import { ConfirmByName } from "../../components/confirm-by-name.tsx";
import { ErrorState } from "../../components/error-state.tsx";
import { useConsole } from "../../session/console-context.tsx";

type RevokeKeyProps = {
  readonly apiKey: ApiKeyOut;
  readonly opened: boolean;
  readonly onClose: () => void;
};

export function RevokeKey({ apiKey: { id, name }, opened, onClose }: RevokeKeyProps) {
  const { client } = useConsole();
  const queryClient = useQueryClient();
  const revoking = useMutation({
    mutationFn: () =>
      answerOf(client.DELETE("/api/v1/api-key/{key_id}", { params: { path: { key_id: id } } })),
    onSuccess: () => {
      onClose();
      notifications.show({ message: `The key “${name}” was revoked` });
    },
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ["api-keys"] }),
  });
  return (
    <ConfirmByName
      opened={opened}
      onClose={onClose}
      onConfirm={() => revoking.mutate()}
      title="Revoke this key?"
      name={name}
      action="Revoke"
      isBusy={revoking.isPending}
    >
      Whatever uses it is refused from then on, within a second. It cannot be brought back.
      {revoking.error !== null && (
        <ErrorState title="The key could not be revoked" error={revoking.error} />
      )}
    </ConfirmByName>
  );
}
