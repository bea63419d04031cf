import { Button, Group, Stack, type MantineSpacing } from "@mantine/core";
import type { ReactNode } from "react";
import { ErrorState } from "../../../../components/error-state.tsx";
import type { useSave } from "../use-change.ts";

type SaveFormProps = {
  readonly saving: ReturnType<typeof useSave>;
  /** Not what is said at a field. */
  readonly error?: Error | null;
  /** Whether there is anything to save. */
  readonly isChanged: boolean;
  readonly isFaulty?: boolean;
  /** What was filled in is as it was. */
  readonly onReset: () => void;
  readonly gap?: MantineSpacing;
  readonly children: ReactNode;
};

/** Fields that are saved where they are: what can be saved can be taken back, too. */
export function SaveForm(props: SaveFormProps) {
  const { saving, error = saving.error, isChanged, isFaulty = false, onReset, children } = props;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(undefined);
      }}
    >
      <Stack gap={props.gap ?? "md"}>
        {children}
        {error !== null && <ErrorState title="It could not be saved" error={error} />}
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
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                onReset();
                saving.reset();
              }}
            >
              Undo
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
