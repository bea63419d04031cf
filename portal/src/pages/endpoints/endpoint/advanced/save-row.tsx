import { Button, Group } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import { ErrorState } from "../../../../components/error-state.tsx";

type SaveRowProps = {
  readonly saving: Pick<UseMutationResult<unknown, Error, never>, "error" | "isPending">;
  /** Whether there is anything to save. */
  readonly isChanged: boolean;
  readonly isFaulty?: boolean;
  readonly onReset: () => void;
};

/** Ends a form: what can be saved can be taken back, too. */
export function SaveRow({ saving, isChanged, isFaulty = false, onReset }: SaveRowProps) {
  return (
    <>
      {saving.error !== null && <ErrorState title="It could not be saved" error={saving.error} />}
      <Group gap="xs">
        <Button
          type="submit"
          size="xs"
          loading={saving.isPending}
          disabled={!isChanged || isFaulty}
        >
          Save
        </Button>
        {isChanged && (
          <Button size="xs" variant="default" onClick={onReset}>
            Undo
          </Button>
        )}
      </Group>
    </>
  );
}
