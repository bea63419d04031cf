import { Loader, Group, Stack, Text } from "@mantine/core";
import type { BackgroundTaskOut } from "../../api/schema.d.ts";
import { Id } from "../../components/id.tsx";
import { StatusBadge } from "../../components/status/status-badge.tsx";
import type { Column } from "../../components/table/data-table.tsx";
import { RelativeTime } from "../../components/time/relative-time.tsx";
import { TaskOwner } from "./task-owner.tsx";
import { faultOf, progressWords, typeWords, wasCanceled } from "./task-words.ts";

export const taskColumns: readonly Column<BackgroundTaskOut>[] = [
  {
    label: "Task",
    width: 300,
    cell: (task) => (
      <Stack gap={2}>
        <Text size="sm" fw={550}>
          {typeWords(task.task)}
        </Text>
        <Text size="xs" c="dimmed" component="div" visibleFrom="sm">
          <Id value={task.id} of="task" />
        </Text>
        {/* What matters most has to fit everywhere. */}
        <Stack gap={2} hiddenFrom="sm">
          <TaskOwner task={task} />
          <Progress task={task} />
        </Stack>
      </Stack>
    ),
  },
  { label: "For", isMinor: true, cell: (task) => <TaskOwner task={task} /> },
  { label: "Status", width: 130, cell: (task) => <Status task={task} /> },
  { label: "Progress", isMinor: true, cell: (task) => <Progress task={task} /> },
];

type OfTask = { readonly task: BackgroundTaskOut };

function Status({ task }: OfTask) {
  if (task.status !== "failed") return <StatusBadge status={task.status} />;
  return <StatusBadge status={wasCanceled(task) ? "canceled" : "fail"} />;
}

function Progress({ task }: OfTask) {
  const fault = wasCanceled(task) ? undefined : faultOf(task);
  return (
    <Stack gap={2}>
      <Group gap={8} wrap="nowrap">
        {task.status === "running" && <Loader size={12} aria-hidden />}
        <Text size="sm">{progressWords(task)}</Text>
      </Group>
      <Text size="xs" c="dimmed" component="div">
        Changed <RelativeTime at={task.updatedAt} />
      </Text>
      {fault !== undefined && (
        <Text size="xs" c="var(--ph-fail-text)">
          {fault}
        </Text>
      )}
    </Stack>
  );
}
