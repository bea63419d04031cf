import { Loader, Group, Stack, Text } from "@mantine/core";
import type { BackgroundTaskOut } from "../../api/schema.d.ts";
import { Id } from "../../components/id.tsx";
import { Pill, StatusBadge } from "../../components/status/status-badge.tsx";
import type { Column } from "../../components/table/data-table.tsx";
import { RelativeTime } from "../../components/time/relative-time.tsx";
import { faultOf, progressWords, typeWords } from "./task-words.ts";

export const taskColumns: readonly Column<BackgroundTaskOut>[] = [
  {
    label: "Task",
    cell: ({ id, task }) => (
      <Stack gap={2}>
        <Text size="sm" fw={550}>
          {typeWords(task)}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          <Id value={id} of="task" />
        </Text>
      </Stack>
    ),
  },
  { label: "Status", width: 130, cell: ({ status }) => <Status status={status} /> },
  { label: "Progress", isMinor: true, cell: (task) => <Progress task={task} /> },
  {
    label: "Changed",
    width: 140,
    isMinor: true,
    cell: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
  },
];

function Status({ status }: Pick<BackgroundTaskOut, "status">) {
  return status === "failed" ? <Pill tone="fail">Failed</Pill> : <StatusBadge status={status} />;
}

function Progress({ task }: { readonly task: BackgroundTaskOut }) {
  const fault = faultOf(task);
  return (
    <Stack gap={2}>
      <Group gap={8} wrap="nowrap">
        {task.status === "running" && <Loader size={12} aria-hidden />}
        <Text size="sm">{progressWords(task)}</Text>
      </Group>
      {fault !== undefined && (
        <Text size="xs" c="var(--ph-fail-text)">
          {fault}
        </Text>
      )}
    </Stack>
  );
}
