import { SegmentedControl } from "@mantine/core";
import { IconProgress } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { answerOf } from "../../api/client.ts";
import type { BackgroundTaskOut, BackgroundTaskStatus } from "../../api/schema.d.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { PagedTable } from "../../components/table/paged-table.tsx";
import { usePages, type Pages } from "../../components/table/use-pages.ts";
import { useConsole } from "../../session/console-context.tsx";
import { taskColumns } from "./task-columns.tsx";
import { TaskMenu } from "./task-menu.tsx";

const route = getRouteApi("/console/tasks");
/** How often is looked at tasks that run. */
const REFRESH_MS = 2_000;

export function TasksPage() {
  const { canManage } = useConsole();
  const { status } = route.useSearch();
  const pages = useTasks(status);
  return (
    <>
      <PageHeader
        title="Background tasks"
        description="What takes a while: recoveries, replays, statistics. The newest is first."
        actions={<StatusControl status={status} />}
      />
      <PagedTable
        label="Background tasks"
        pages={pages}
        columns={taskColumns}
        keyOf={({ id }) => id}
        {...(canManage && { menu: menuOf })}
        empty={
          <EmptyState icon={IconProgress} title="No tasks">
            {status === undefined
              ? "When somebody recovers or replays messages, its progress is shown here."
              : `None is ${status}.`}
          </EmptyState>
        }
      />
    </>
  );
}

function useTasks(status: BackgroundTaskStatus | undefined): Pages<BackgroundTaskOut> {
  const { client, organizationId } = useConsole();
  const queryClient = useQueryClient();
  const pages = usePages(["tasks", organizationId, status ?? "all"], (iterator) => {
    const query = {
      ...(status !== undefined && { status }),
      ...(iterator !== undefined && { iterator }),
    };
    return answerOf(client.GET("/api/v1/background-task", { params: { query } }));
  });
  const areRunning = pages.rows.some((task) => task.status === "running");
  useEffect(() => {
    if (!areRunning) return;
    const timer = setInterval(
      () => void queryClient.invalidateQueries({ queryKey: ["tasks"] }),
      REFRESH_MS,
    );
    return () => clearInterval(timer);
  }, [areRunning, queryClient]);
  return pages;
}

function menuOf(task: BackgroundTaskOut) {
  return <TaskMenu task={task} />;
}

type Shown = BackgroundTaskStatus | "all";

function StatusControl({ status }: { readonly status: BackgroundTaskStatus | undefined }) {
  const navigate = route.useNavigate();
  return (
    <SegmentedControl<Shown>
      aria-label="Which tasks are shown"
      value={status ?? "all"}
      onChange={(chosen) =>
        void navigate({ search: chosen === "all" ? {} : { status: chosen }, replace: true })
      }
      data={[
        { value: "all", label: "All" },
        { value: "running", label: "Running" },
        { value: "finished", label: "Finished" },
        { value: "failed", label: "Failed" },
      ]}
    />
  );
}
