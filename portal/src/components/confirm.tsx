import { Modal, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { DialogForm } from "./dialog-form.tsx";

type ConfirmProps = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
  /** "Disable this endpoint?" */
  readonly title: string;
  /** What the button says: "Disable". */
  readonly action: string;
  readonly isDangerous?: boolean;
  readonly isBusy?: boolean;
  readonly error?: Error | null;
  /** When it cannot be seen any more: what came of it need not be kept. */
  readonly onClosed?: () => void;
  /** What will be otherwise then. */
  readonly children: ReactNode;
};

/** For what changes much and can be undone, or is of little worth. All else asks by `ConfirmByName`. */
export function Confirm(props: ConfirmProps) {
  const { opened, onClose, onConfirm, onClosed, title, action, children } = props;
  const { isDangerous = false, isBusy = false, error = null } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      {...(onClosed !== undefined && { onExitTransitionEnd: onClosed })}
    >
      <DialogForm
        action={action}
        isFocused
        isDangerous={isDangerous}
        failure="It did not work"
        error={error}
        isBusy={isBusy}
        onSubmit={onConfirm}
        onClose={onClose}
      >
        <Text size="sm" component="div">
          {children}
        </Text>
      </DialogForm>
    </Modal>
  );
}
