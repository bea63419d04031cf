import { ActionIcon, Button, Group, Input, Stack, TextInput } from "@mantine/core";
import { randomId } from "@mantine/hooks";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useRef, type ReactNode } from "react";
import type { HeaderRow } from "./form-values.ts";

type HeaderFieldsProps = {
  readonly rows: readonly HeaderRow[];
  readonly onChange: (rows: readonly HeaderRow[]) => void;
  readonly error: ReactNode;
};

/** Headers of one's own: any number of names, each with a value. */
export function HeaderFields({ rows, onChange, error }: HeaderFieldsProps) {
  const addButton = useRef<HTMLButtonElement>(null);
  const remove = (key: string): void => {
    onChange(rows.filter((row) => row.key !== key));
    // What had the focus is gone.
    addButton.current?.focus();
  };
  const change = (key: string, changes: Partial<HeaderRow>): void =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...changes } : row)));
  return (
    <Stack gap={6} role="group" aria-label="Headers">
      <Input.Label component="div">Headers</Input.Label>
      {rows.map(({ key, name, value }, i) => (
        <Group key={key} gap="xs" wrap="nowrap">
          <TextInput
            flex={1}
            aria-label={`Name of header ${i + 1}`}
            placeholder="x-team"
            spellCheck={false}
            value={name}
            onChange={(event) => change(key, { name: event.currentTarget.value })}
          />
          <TextInput
            flex={2}
            aria-label={`Value of header ${i + 1}`}
            placeholder="ops"
            value={value}
            onChange={(event) => change(key, { value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`Remove header ${i + 1}`}
            onClick={() => remove(key)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      {error !== undefined && <Input.Error>{error}</Input.Error>}
      <div>
        <Button
          ref={addButton}
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...rows, { key: randomId(), name: "", value: "" }])}
        >
          Add a header
        </Button>
      </div>
    </Stack>
  );
}
