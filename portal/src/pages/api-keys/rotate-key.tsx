import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answerOf } from "../../api/client.ts";
import type { ApiKeyOut } from "../../api/schema.d.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { exactWords } from "../../components/time/words.ts";
import { useConsole } from "../../session/console-context.tsx";
import { KeyOnce } from "./key-once.tsx";

type RotateKeyProps = {
  readonly apiKey: ApiKeyOut;
  readonly opened: boolean;
  readonly onClose: () => void;
};

const GRACES = [
  { value: "0", label: "Not at all: it has leaked" },
  { value: "3600", label: "For an hour" },
  { value: "86400", label: "For a day" },
  { value: "604800", label: "For 7 days" },
];
const GRACE_DEFAULT = "86400";

/** Gives a key a new secret, and shows it this once. */
export function RotateKey({ apiKey, opened, onClose }: RotateKeyProps) {
  const [graceS, setGraceS] = useState(GRACE_DEFAULT);
  const rotating = useRotation(apiKey.id);
  const close = (): void => {
    rotating.reset();
    onClose();
  };
  const rotated = rotating.data;
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="lg"
      title={rotated === undefined ? `Rotate “${apiKey.name}”` : "The key’s new secret"}
      closeOnClickOutside={rotated === undefined}
      ta="start"
    >
      {rotated !== undefined ? (
        <KeyOnce apiKey={rotated} note={endOf(rotated, rotating.variables)} onClose={close} />
      ) : (
        <Stack>
          <Text size="sm">
            It gets a new secret, which is shown once. Its name and what it may do stay.
          </Text>
          <Select
            label="How long the old secret still works"
            data={GRACES}
            value={graceS}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            onChange={(chosen) => setGraceS(chosen ?? GRACE_DEFAULT)}
          />
          {rotating.error !== null && (
            <ErrorState title="The key could not be rotated" error={rotating.error} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button loading={rotating.isPending} onClick={() => rotating.mutate(Number(graceS))}>
              Rotate
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

/** What becomes of the old secret. */
function endOf({ updatedAt }: Pick<ApiKeyOut, "updatedAt">, graceS: number): string {
  if (graceS === 0) return "The old secret is refused from now on.";
  const endsAt = exactWords(Date.parse(updatedAt) + graceS * 1_000);
  return `The old secret works as well until ${endsAt}.`;
}

function useRotation(keyId: string) {
  const { client } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (gracePeriodSeconds: number) =>
      answerOf(
        client.POST("/api/v1/api-key/{key_id}/rotate", {
          params: { path: { key_id: keyId } },
          body: { gracePeriodSeconds },
        }),
      ),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ["api-keys"] }),
  });
}
