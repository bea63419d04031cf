import { MultiSelect } from "@mantine/core";
import { useState } from "react";
import { useEventTypes } from "../../api/event-types.ts";

type EventTypePickerProps = {
  readonly label: string;
  readonly value: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
};

const NAME = /^[\w.-]+$/;

/** Some event types, found by typing. There are messages of types that the catalogue does not have. */
export function EventTypePicker({ label, value, onChange }: EventTypePickerProps) {
  const { data, error } = useEventTypes();
  const [typed, setTyped] = useState("");
  const names = [...new Set([...(data ?? []).map(({ name }) => name), ...value])].sort();
  const isKnown = names.some((name) => name.toLowerCase().includes(typed.toLowerCase()));
  return (
    <MultiSelect
      label={label}
      data={isKnown || !NAME.test(typed) ? names : [...names, typed]}
      value={[...value]}
      onChange={onChange}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      clearable
      placeholder={value.length === 0 ? "Any" : ""}
      nothingFoundMessage={
        error === null ? "No event type has that name" : "The event types could not be loaded"
      }
      comboboxProps={{ withinPortal: false }}
    />
  );
}
