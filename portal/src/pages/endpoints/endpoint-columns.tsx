import { Stack, Text } from "@mantine/core";
import type { EndpointOut } from "../../api/schema.d.ts";
import { endpointStatus } from "../../components/status/endpoint-status.ts";
import { StatusBadge } from "../../components/status/status-badge.tsx";
import type { Column } from "../../components/table/data-table.tsx";
import { RelativeTime } from "../../components/time/relative-time.tsx";

export const endpointColumns: readonly Column<EndpointOut>[] = [
  {
    label: "Endpoint",
    cell: ({ url, description }) => (
      <Stack gap={2}>
        <Text size="sm" fw={550}>
          {url}
        </Text>
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      </Stack>
    ),
  },
  {
    label: "Status",
    width: 200,
    cell: (endpoint) => <StatusBadge status={endpointStatus(endpoint)} />,
  },
  {
    label: "Created",
    width: 140,
    isMinor: true,
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
];
