import { Group, Select, Stack, TextInput } from "@mantine/core";
import type { BulkReplayIn } from "../../../../api/schema.d.ts";
import { EventTypePicker } from "../../../../components/event-types/event-type-picker.tsx";

export type BulkFilters = Omit<BulkReplayIn, "since" | "until">;

type BulkFieldsProps = {
  readonly filters: BulkFilters;
  readonly onChange: (filters: BulkFilters) => void;
};

const STATUSES = [
  { value: "0", label: "Succeeded" },
  { value: "2", label: "Failed" },
  { value: "3", label: "Retrying" },
  { value: "4", label: "Canceled" },
];
const CLASSES = [
  { value: "0", label: "No answer" },
  { value: "200", label: "2xx" },
  { value: "300", label: "3xx" },
  { value: "400", label: "4xx" },
  { value: "500", label: "5xx" },
];

/** Which of the messages; by themselves, all. */
export function BulkFields({ filters, onChange }: BulkFieldsProps) {
  return (
    <Stack gap="sm">
      <EventTypePicker
        label="Event types"
        value={filters.eventTypes ?? []}
        onChange={(names) => onChange({ ...filters, eventTypes: [...names] })}
      />
      <Group grow align="flex-end">
        <Select
          label="What became of them"
          placeholder="Any"
          clearable
          data={STATUSES}
          value={textOf(filters.status)}
          onChange={(value) =>
            onChange({ ...filters, status: numberOf(value) as 0 | 2 | 3 | 4 | null })
          }
        />
        <Select
          label="Answered at least once with"
          placeholder="Anything"
          clearable
          data={CLASSES}
          value={textOf(filters.statusCodeClass)}
          onChange={(value) =>
            onChange({
              ...filters,
              statusCodeClass: numberOf(value) as 0 | 200 | 300 | 400 | 500 | null,
            })
          }
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput
          label="Channel"
          placeholder="Any"
          value={filters.channel ?? ""}
          onChange={(event) => onChange({ ...filters, channel: event.currentTarget.value || null })}
        />
        <TextInput
          label="Tag"
          placeholder="Any"
          value={filters.tag ?? ""}
          onChange={(event) => onChange({ ...filters, tag: event.currentTarget.value || null })}
        />
      </Group>
    </Stack>
  );
}

function textOf(value: number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

function numberOf(value: string | null): number | null {
  return value === null ? null : Number(value);
}
