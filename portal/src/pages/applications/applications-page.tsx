import { IconUsers } from "@tabler/icons-react";
import { answerOf } from "../../api/client.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { PagedTable } from "../../components/table/paged-table.tsx";
import { usePages } from "../../components/table/use-pages.ts";
import { useConsole } from "../../session/console-context.tsx";
import { applicationColumns } from "./application-columns.tsx";
import { ViewWebhook } from "./view-webhook.tsx";

export function ApplicationsPage() {
  const { client, organizationId } = useConsole();
  const pages = usePages(["applications", organizationId], (iterator) =>
    answerOf(
      client.GET("/api/v1/app", {
        params: { query: { order: "descending", ...(iterator !== undefined && { iterator }) } },
      }),
    ),
  );
  return (
    <>
      <PageHeader
        title="Applications"
        description={
          <>
            The customers of <span className="mono">{organizationId}</span>, newest first.
          </>
        }
      />
      <PagedTable
        label="Applications"
        pages={pages}
        columns={applicationColumns}
        keyOf={({ id }) => id}
        menu={menuOf}
        empty={
          <EmptyState icon={IconUsers} title="No applications yet">
            An application is one customer of yours, with endpoints of its own. Make one with{" "}
            <span className="mono">POST /api/v1/app</span>.
          </EmptyState>
        }
      />
    </>
  );
}

function menuOf(application: Parameters<typeof ViewWebhook>[0]["application"]) {
  return <ViewWebhook application={application} />;
}
