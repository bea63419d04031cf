import { Stack, Text } from "@mantine/core";
import type { ApplicationOut } from "../../api/schema.d.ts";
import { Id } from "../../components/id.tsx";
import type { Column } from "../../components/table/data-table.tsx";
import { RelativeTime } from "../../components/time/relative-time.tsx";

export const applicationColumns: readonly Column<ApplicationOut>[] = [
  {
    label: "Name",
    cell: ({ name, uid }) => (
      <Stack gap={2}>
        <Text size="sm" fw={550}>
          {name}
        </Text>
        {uid !== null && (
          <Text size="xs" c="dimmed" className="mono">
            {uid}
          </Text>
        )}
      </Stack>
    ),
  },
  {
    label: "Id",
    isMinor: true,
    width: 330,
    cell: ({ id }) => <Id value={id} of="application" />,
  },
  {
    label: "Created",
    isMinor: true,
    width: 140,
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
];
