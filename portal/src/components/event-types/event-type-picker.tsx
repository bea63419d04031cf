import { MultiSelect } from "@mantine/core";
import { useEventTypes } from "../../api/event-types.ts";

type EventTypePickerProps = {
  readonly label: string;
  readonly value: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
};

/** Some event types, found by typing. */
export function EventTypePicker({ label, value, onChange }: EventTypePickerProps) {
  const { data, error } = useEventTypes();
  const names = [...new Set([...(data ?? []).map(({ name }) => name), ...value])].sort();
  return (
    <MultiSelect
      label={label}
      data={names}
      value={[...value]}
      onChange={onChange}
      searchable
      clearable
      placeholder={value.length === 0 ? "Any" : ""}
      nothingFoundMessage={
        error === null ? "No event type has that name" : "The event types could not be loaded"
      }
      comboboxProps={{ withinPortal: false }}
    />
  );
}
