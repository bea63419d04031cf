import { Group, Text } from "@mantine/core";
import type { EventTypeOut } from "../../api/schema.d.ts";
import { Pill } from "../../components/status/status-badge.tsx";
import type { Column } from "../../components/table/data-table.tsx";
import { NameCell } from "../../components/table/name-cell.tsx";
import { RelativeTime } from "../../components/time/relative-time.tsx";
import { eventTypePath } from "./event-type-path.ts";
import { valuesOf } from "./event-type-values.ts";

export const eventTypeColumns: readonly Column<EventTypeOut>[] = [
  {
    label: "Event type",
    cell: ({ name, description }) => (
      <NameCell to={eventTypePath(name)} name={name} description={description} isMono />
    ),
  },
  {
    label: "Group",
    width: 150,
    isMinor: true,
    cell: ({ groupName }) => <Words text={groupName ?? "–"} />,
  },
  {
    label: "Schema",
    width: 170,
    isMinor: true,
    cell: (eventType) => <Words text={schemaWords(eventType)} />,
  },
  { label: "State", width: 150, cell: (eventType) => <State {...eventType} /> },
  {
    label: "Changed",
    width: 130,
    isMinor: true,
    cell: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
  },
];

function Words({ text }: { readonly text: string }) {
  return (
    <Text size="sm" c="dimmed">
      {text}
    </Text>
  );
}

function schemaWords(eventType: EventTypeOut): string {
  const { schema, example } = valuesOf(eventType);
  const parts = [...(schema === "" ? [] : ["Schema"]), ...(example === "" ? [] : ["example"])];
  return parts.length === 0 ? "–" : parts.join(", ");
}

function State({ archived, deprecated, featureFlags }: EventTypeOut) {
  const isFlagged = featureFlags !== null && featureFlags.length > 0;
  return (
    <Group gap={6}>
      {archived && <Pill tone="quiet">Archived</Pill>}
      {deprecated && <Pill tone="wait">Deprecated</Pill>}
      {isFlagged && <Pill tone="quiet">Behind a flag</Pill>}
      {!archived && !deprecated && !isFlagged && <Pill tone="success">In use</Pill>}
    </Group>
  );
}
