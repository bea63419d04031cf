import { Modal, Text } from "@mantine/core";
import { useState } from "react";
import { patchEndpoint } from "../../../../api/endpoint-settings.ts";
import { useEventTypes } from "../../../../api/event-types.ts";
import type { EndpointOut } from "../../../../api/schema.d.ts";
import { DialogForm } from "../../../../components/dialog-form.tsx";
import { EventTypeTree } from "../../../../components/event-types/event-type-tree.tsx";
import { Loaded } from "../../../../components/loaded.tsx";
import { usePortal } from "../../../../session/portal-context.tsx";
import { useSave } from "../use-change.ts";

type EventTypesDialogProps = {
  readonly endpoint: Pick<EndpointOut, "id" | "eventTypes">;
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** Which messages the endpoint gets. */
export function EventTypesDialog({ opened, ...props }: EventTypesDialogProps) {
  return (
    <Modal opened={opened} onClose={props.onClose} title="Event types" size="lg">
      <EventTypesForm {...props} />
    </Modal>
  );
}

function EventTypesForm({ endpoint, onClose }: Omit<EventTypesDialogProps, "opened">) {
  const portal = usePortal();
  const [names, setNames] = useState<readonly string[]>(endpoint.eventTypes ?? []);
  const eventTypes = useEventTypes();
  const saving = useSave(
    () =>
      patchEndpoint(portal, endpoint.id, { eventTypes: names.length === 0 ? null : [...names] }),
    "The event types were changed",
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
      <Text size="sm" c="dimmed">
        Messages of the chosen types are sent to this endpoint from now on. Choose none to get all
        of them, those to come as well.
      </Text>
      <Loaded query={eventTypes} what="the event types" lines={5}>
        {(all) => <EventTypeTree eventTypes={all} value={names} onChange={setNames} />}
      </Loaded>
    </DialogForm>
  );
}
