import { Anchor, Group, Stack, Text, TextInput } from "@mantine/core";
import { useEffect, useRef } from "react";
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
  const input = useRef<HTMLInputElement>(null);
  // It may be cleared from elsewhere. With a key it would be another field, without the focus.
  useEffect(() => {
    if (input.current !== null) input.current.value = value;
  }, [value]);
  return (
    <TextInput
      ref={input}
      label={label}
      placeholder="Any"
      defaultValue={value}
      onBlur={(event) => onChange(event.currentTarget.value.trim())}
      onKeyDown={(event) => {
        if (event.key === "Enter") onChange(event.currentTarget.value.trim());
      }}
    />
  );
}
