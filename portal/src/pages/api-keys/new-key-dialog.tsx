import { Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answerOf } from "../../api/client.ts";
import { useConsole } from "../../session/console-context.tsx";
import { KeyOnce } from "./key-once.tsx";
import { NewKeyForm } from "./new-key-form.tsx";
import { apiKeyIn, type KeyValues } from "./new-key-values.ts";

type NewKeyDialogProps = { readonly opened: boolean; readonly onClose: () => void };

export function NewKeyDialog({ opened, onClose }: NewKeyDialogProps) {
  const { client } = useConsole();
  const queryClient = useQueryClient();
  const making = useMutation({
    mutationFn: (values: KeyValues) =>
      answerOf(client.POST("/api/v1/api-key", { body: apiKeyIn(values, Date.now()) })),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ["api-keys"] }),
  });
  const close = (): void => {
    making.reset();
    onClose();
  };
  const made = making.data;
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="lg"
      title={made === undefined ? "Make a key" : "Your new key"}
      // Whoever clicks beside it would lose what is shown once.
      closeOnClickOutside={made === undefined}
    >
      {made === undefined ? (
        <NewKeyForm
          error={making.error}
          isBusy={making.isPending}
          onSubmit={making.mutate}
          onCancel={close}
        />
      ) : (
        <KeyOnce apiKey={made} onClose={close} />
      )}
    </Modal>
  );
}
