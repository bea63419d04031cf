import { Anchor, Group, Stack, Text, TextInput } from "@mantine/core";
import { EventTypePicker } from "../event-types/event-type-picker.tsx";
import type { Filters } from "./filters.ts";

type FilterFormProps = {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
};

/** What is chosen holds at once: the list behind it shows what it comes to. */
export function FilterForm({ filters, onChange }: FilterFormProps) {
  const { eventTypes, channel, tag, ...others } = filters;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text fw={600} size="sm">
          Filters
        </Text>
        <Anchor component="button" type="button" size="xs" onClick={() => onChange(others)}>
          Clear
        </Anchor>
      </Group>
      <EventTypePicker
        label="Event types"
        value={eventTypes ?? []}
        onChange={(names) => {
          const { eventTypes: _, ...rest } = filters;
          onChange(names.length === 0 ? rest : { ...rest, eventTypes: names });
        }}
      />
      <TextField
        label="Channel"
        value={channel ?? ""}
        onChange={(text) => {
          const { channel: _, ...rest } = filters;
          onChange(text === "" ? rest : { ...rest, channel: text });
        }}
      />
      <TextField
        label="Tag"
        value={tag ?? ""}
        onChange={(text) => {
          const { tag: _, ...rest } = filters;
          onChange(text === "" ? rest : { ...rest, tag: text });
        }}
      />
    </Stack>
  );
}

type TextFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
};

/** Taken when it is left, or by Enter: half a word finds nothing. */
function TextField({ label, value, onChange }: TextFieldProps) {
  return (
    <TextInput
      key={value}
      label={label}
      defaultValue={value}
      onBlur={(event) => onChange(event.currentTarget.value.trim())}
      onKeyDown={(event) => {
        if (event.key === "Enter") onChange(event.currentTarget.value.trim());
      }}
    />
  );
}
