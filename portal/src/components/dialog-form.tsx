import { Button, Group, Stack } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ErrorState } from "./error-state.tsx";

type DialogFormProps = {
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  /** What the button says: "Save". */
  readonly action: string;
  readonly icon?: Icon;
  readonly isDangerous?: boolean;
  /** Where there is nothing to fill in: the button has the focus. */
  readonly isFocused?: boolean;
  readonly isBusy: boolean;
  /** Whether there is anything to submit. */
  readonly isReady?: boolean;
  /** "It could not be saved". */
  readonly failure: string;
  /** Not what is said at a field. */
  readonly error: Error | null;
  readonly children: ReactNode;
};

/** What is filled in in a dialog: its fields, why it did not work, and the way on or back. */
export function DialogForm(props: DialogFormProps) {
  const { onSubmit, onClose, action, icon: Picture, failure, error, children } = props;
  const { isDangerous = false, isFocused = false, isBusy, isReady = true } = props;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onSubmit();
      }}
    >
      <Stack>
        {children}
        {error !== null && <ErrorState title={failure} error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={isBusy}
            disabled={!isReady}
            {...(isFocused && { "data-autofocus": true })}
            {...(isDangerous && { color: "red" })}
            {...(Picture !== undefined && { leftSection: <Picture size={16} /> })}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
