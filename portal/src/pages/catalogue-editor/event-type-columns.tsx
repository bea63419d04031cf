import { Anchor, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { EventTypeOut } from "../../api/schema.d.ts";
import { Pill } from "../../components/status/status-badge.tsx";
import type { Column } from "../../components/table/data-table.tsx";
import { RelativeTime } from "../../components/time/relative-time.tsx";
import { eventTypePath } from "./event-type-path.ts";
import { valuesOf } from "./event-type-values.ts";

export const eventTypeColumns: readonly Column<EventTypeOut>[] = [
  { label: "Event type", cell: (eventType) => <Name {...eventType} /> },
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

function Name({ name, description }: EventTypeOut) {
  return (
    <Stack gap={2}>
      <Anchor
        component={Link}
        to={eventTypePath(name)}
        size="sm"
        fw={550}
        c="var(--mantine-color-text)"
        className="mono"
      >
        {name}
      </Anchor>
      <Text size="xs" c="dimmed" lineClamp={2}>
        {description}
      </Text>
    </Stack>
  );
}

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
