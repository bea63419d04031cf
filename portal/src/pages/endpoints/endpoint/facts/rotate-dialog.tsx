import { Modal, PasswordInput, Select, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { ApiError } from "../../../../api/api-error.ts";
import { rotateSecret } from "../../../../api/endpoint-settings.ts";
import { DialogForm } from "../../../../components/dialog-form.tsx";
import { usePortal } from "../../../../session/portal-context.tsx";
import { useChange } from "../use-change.ts";

type RotateDialogProps = {
  readonly endpointId: string;
  readonly opened: boolean;
  readonly onClose: () => void;
};

const GRACES = [
  { value: "0", label: "Not at all: the old one is good for nothing from now on" },
  { value: "3600", label: "For an hour" },
  { value: "86400", label: "For a day" },
  { value: "604800", label: "For a week" },
];
const GRACE_DEFAULT = "86400";

export function RotateDialog({ opened, ...props }: RotateDialogProps) {
  return (
    <Modal opened={opened} onClose={props.onClose} title="Rotate the signing secret">
      <RotateForm {...props} />
    </Modal>
  );
}

function RotateForm({ endpointId, onClose }: Omit<RotateDialogProps, "opened">) {
  const portal = usePortal();
  const [grace, setGrace] = useState(GRACE_DEFAULT);
  const [key, setKey] = useState("");
  const rotating = useChange(
    () =>
      rotateSecret(portal, endpointId, {
        gracePeriodSeconds: Number(grace),
        ...(key.trim() !== "" && { key: key.trim() }),
      }),
    () => {
      notifications.show({
        color: "teal",
        title: "There is a new signing secret",
        message: "Reveal it, and put it into your server.",
      });
      onClose();
    },
  );
  const keyFault = rotating.error instanceof ApiError ? rotating.error.fields["key"] : undefined;
  return (
    <DialogForm
      action="Rotate"
      failure="It could not be rotated"
      error={keyFault === undefined ? rotating.error : null}
      isBusy={rotating.isPending}
      onSubmit={() => rotating.mutate(undefined)}
      onClose={onClose}
    >
      <Text size="sm">
        A new secret signs from now on. Meanwhile the old one signs as well: each request carries
        both signatures, so nothing is refused until your server has the new one.
      </Text>
      <Select
        data-autofocus
        label="The old secret signs as well"
        allowDeselect={false}
        data={GRACES}
        value={grace}
        onChange={(value) => setGrace(value ?? GRACE_DEFAULT)}
      />
      <PasswordInput
        label="A secret of your own"
        description="Empty: we make one. Else whsec_ and 24 to 75 bytes as base64"
        autoComplete="off"
        value={key}
        error={keyFault}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
