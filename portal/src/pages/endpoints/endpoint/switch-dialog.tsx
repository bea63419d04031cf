import { notifications } from "@mantine/notifications";
import { patchEndpoint } from "../../../api/endpoint-settings.ts";
import type { EndpointOut } from "../../../api/schema.d.ts";
import { Confirm } from "../../../components/confirm.tsx";
import { usePortal } from "../../../session/portal-context.tsx";
import { useChange } from "./use-change.ts";

type SwitchDialogProps = {
  readonly endpoint: Pick<EndpointOut, "id" | "disabled">;
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** Enables what is disabled, and disables what is enabled. */
export function SwitchDialog({ endpoint, opened, onClose }: SwitchDialogProps) {
  const portal = usePortal();
  const { id } = endpoint;
  const switching = useChange(
    (isDisabled: boolean) => patchEndpoint(portal, id, { disabled: isDisabled }),
    (isDisabled) => {
      onClose();
      notifications.show({
        color: isDisabled ? "gray" : "teal",
        title: isDisabled ? "The endpoint is disabled" : "The endpoint is enabled",
        message: isDisabled
          ? "Nothing is sent to it until you enable it again."
          : "What it missed can be sent now: see Options.",
      });
    },
  );
  // While it is done, the endpoint turns into the other; the question stays what it was.
  const disabled = switching.variables === undefined ? endpoint.disabled : !switching.variables;
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={disabled ? "Enable this endpoint?" : "Disable this endpoint?"}
      action={disabled ? "Enable" : "Disable"}
      isDangerous={!disabled}
      isBusy={switching.isPending}
      error={switching.error}
      onClosed={switching.reset}
      onConfirm={() => switching.mutate(!disabled)}
    >
      {disabled
        ? "From now on, messages are sent to it again. Those of the time in between are not sent by " +
          "themselves: recover what failed, and replay what is missing, from Options."
        : "No more messages are sent to it, and those that wait for another attempt fail. You can " +
          "enable it again at any time, and then recover what it missed."}
    </Confirm>
  );
}
