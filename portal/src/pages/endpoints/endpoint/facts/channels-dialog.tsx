import { Modal, TagsInput } from "@mantine/core";
import { useState } from "react";
import { patchEndpoint } from "../../../../api/endpoint-settings.ts";
import type { EndpointOut } from "../../../../api/schema.d.ts";
import { DialogForm } from "../../../../components/dialog-form.tsx";
import { usePortal } from "../../../../session/portal-context.tsx";
import { useSave } from "../use-change.ts";

type ChannelsDialogProps = {
  readonly endpoint: Pick<EndpointOut, "id" | "channels">;
  readonly opened: boolean;
  readonly onClose: () => void;
};

export function ChannelsDialog({ opened, ...props }: ChannelsDialogProps) {
  return (
    <Modal opened={opened} onClose={props.onClose} title="Channels">
      <ChannelsForm {...props} />
    </Modal>
  );
}

function ChannelsForm({ endpoint, onClose }: Omit<ChannelsDialogProps, "opened">) {
  const portal = usePortal();
  const [channels, setChannels] = useState<readonly string[]>(endpoint.channels ?? []);
  const saving = useSave(
    () =>
      patchEndpoint(portal, endpoint.id, {
        channels: channels.length === 0 ? null : [...channels],
      }),
    "The channels were changed",
    onClose,
  );
  return (
    <DialogForm
      action="Save"
      failure="They could not be changed"
      error={saving.error}
      isBusy={saving.isPending}
      onSubmit={() => saving.mutate(undefined)}
      onClose={onClose}
    >
      <TagsInput
        data-autofocus
        openOnFocus={false}
        label="Only messages in one of these channels"
        description="Empty: all messages, also those without a channel"
        placeholder={channels.length === 0 ? "Type one, then press Enter" : ""}
        value={[...channels]}
        onChange={setChannels}
      />
    </DialogForm>
  );
}
