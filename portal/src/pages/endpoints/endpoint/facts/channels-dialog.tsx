import { Button, Group, Modal, Stack, TagsInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { patchEndpoint } from "../../../../api/endpoint-settings.ts";
import type { EndpointOut } from "../../../../api/schema.d.ts";
import { ErrorState } from "../../../../components/error-state.tsx";
import { usePortal } from "../../../../session/portal-context.tsx";
import { useChange } from "../use-change.ts";

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
  const saving = useChange(
    () =>
      patchEndpoint(portal, endpoint.id, {
        channels: channels.length === 0 ? null : [...channels],
      }),
    () => {
      notifications.show({ color: "teal", message: "The channels were changed" });
      onClose();
    },
  );
  return (
    <Stack>
      <TagsInput
        data-autofocus
        openOnFocus={false}
        label="Only messages in one of these channels"
        description="Empty: all messages, also those without a channel"
        placeholder={channels.length === 0 ? "Type one, then press Enter" : ""}
        value={[...channels]}
        onChange={setChannels}
      />
      {saving.error !== null && (
        <ErrorState title="They could not be changed" error={saving.error} />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={saving.isPending} onClick={() => saving.mutate(undefined)}>
          Save
        </Button>
      </Group>
    </Stack>
  );
}
