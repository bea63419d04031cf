import { Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../api/api-error.ts";
import { answerOf } from "../../api/client.ts";
import { DialogForm } from "../../components/dialog-form.tsx";
import { useConsole } from "../../session/console-context.tsx";

type NewApplicationDialogProps = { readonly opened: boolean; readonly onClose: () => void };

export function NewApplicationDialog({ opened, onClose }: NewApplicationDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add an application" size="lg">
      <NewApplicationForm onClose={onClose} />
    </Modal>
  );
}

function NewApplicationForm({ onClose }: Pick<NewApplicationDialogProps, "onClose">) {
  const [name, setName] = useState("");
  const [uid, setUid] = useState("");
  const adding = useAdd(onClose);
  const faults = faultsOf(adding.error);
  return (
    <DialogForm
      action="Add application"
      failure="It could not be added"
      error={Object.keys(faults).length === 0 ? adding.error : null}
      isBusy={adding.isPending}
      isReady={name.trim() !== ""}
      onSubmit={() => adding.mutate({ name: name.trim(), uid: uid.trim() })}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        required
        label="Name"
        placeholder="Acme"
        description="Of the customer; several may be called the same"
        autoComplete="off"
        value={name}
        error={faults["name"]}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="Uid"
        placeholder="acme"
        description="Optional: your own id of the customer, which the API takes as well as ours"
        autoComplete="off"
        spellCheck={false}
        value={uid}
        error={faults["uid"]}
        onChange={(event) => setUid(event.currentTarget.value)}
      />
    </DialogForm>
  );
}

type Wanted = { readonly name: string; readonly uid: string };

function useAdd(onDone: () => void) {
  const { client } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ name, uid }: Wanted) =>
      answerOf(client.POST("/api/v1/app", { body: { name, ...(uid !== "" && { uid }) } })),
    onSuccess: async ({ name }) => {
      notifications.show({ color: "teal", message: `${name} was added` });
      await queryClient.invalidateQueries({ queryKey: ["applications"] });
      onDone();
    },
  });
}

/** By field. Of what is there already, only the uid can be. */
function faultsOf(error: Error | null): Readonly<Record<string, string>> {
  if (!(error instanceof ApiError)) return {};
  return error.status === 409 ? { uid: "Another application has this uid" } : error.fields;
}
