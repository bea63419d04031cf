import { Modal, Text, TextInput } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { DialogForm } from "./dialog-form.tsx";

type ConfirmByNameProps = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
  /** "Delete this endpoint?" */
  readonly title: string;
  /** What has to be typed: the thing's own name. */
  readonly name: string;
  /** What the button says: "Delete". */
  readonly action: string;
  readonly isBusy?: boolean;
  readonly error?: Error | null;
  /** When it cannot be seen any more: what came of it need not be kept. */
  readonly onClosed?: () => void;
  /** What will be gone. */
  readonly children: ReactNode;
};

/** For what cannot be undone: whoever wants it says so by typing the name. */
export function ConfirmByName(props: ConfirmByNameProps) {
  const { opened, onClose, onClosed, title } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      {...(onClosed !== undefined && { onExitTransitionEnd: onClosed })}
    >
      <Confirmation {...props} />
    </Modal>
  );
}

function Confirmation(props: ConfirmByNameProps) {
  const { onClose, onConfirm, name, action, isBusy, error, children } = props;
  const [typed, setTyped] = useState("");
  return (
    <DialogForm
      action={action}
      isDangerous
      failure="It did not work"
      error={error ?? null}
      isBusy={isBusy === true}
      isReady={typed.trim() === name}
      onSubmit={onConfirm}
      onClose={onClose}
    >
      <Text size="sm" component="div">
        {children}
      </Text>
      <TextInput
        data-autofocus
        label={
          <>
            Type <span className="mono">{name}</span> to confirm
          </>
        }
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
