import { Modal, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { ApiError } from "../../../api/api-error.ts";
import { patchEndpoint } from "../../../api/endpoint-settings.ts";
import type { EndpointOut } from "../../../api/schema.d.ts";
import { DialogForm } from "../../../components/dialog-form.tsx";
import { usePortal } from "../../../session/portal-context.tsx";
import { useSave } from "./use-change.ts";

type EditDialogProps = {
  readonly endpoint: EndpointOut;
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** Its URL, and what it is called. */
export function EditDialog({ endpoint, opened, onClose }: EditDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Edit the endpoint" size="lg">
      <EditForm endpoint={endpoint} onClose={onClose} />
    </Modal>
  );
}

function EditForm({ endpoint, onClose }: Omit<EditDialogProps, "opened">) {
  const portal = usePortal();
  const [url, setUrl] = useState(endpoint.url);
  const [description, setDescription] = useState(endpoint.description);
  const saving = useSave(
    () => patchEndpoint(portal, endpoint.id, { url: url.trim(), description: description.trim() }),
    "The endpoint was changed",
    onClose,
  );
  const urlFault = saving.error instanceof ApiError ? saving.error.fields["url"] : undefined;
  return (
    <DialogForm
      action="Save"
      failure="It could not be changed"
      error={urlFault === undefined ? saving.error : null}
      isBusy={saving.isPending}
      isReady={url.trim() !== ""}
      onSubmit={() => saving.mutate(undefined)}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        required
        type="url"
        label="URL"
        description="Messages that wait for another attempt go to the new one, too"
        spellCheck={false}
        value={url}
        error={urlFault}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <Textarea
        autosize
        minRows={2}
        label="Description"
        description="What it is for, so that others know"
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
