import { Button } from "@mantine/core";
import { IconUsers, IconUserSearch } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { answerOf } from "../../api/client.ts";
import type { ApplicationOut } from "../../api/schema.d.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { PagedTable } from "../../components/table/paged-table.tsx";
import { usePages } from "../../components/table/use-pages.ts";
import { useConsole } from "../../session/console-context.tsx";
import { applicationColumns } from "./application-columns.tsx";
import { ViewWebhook } from "./view-webhook.tsx";

const route = getRouteApi("/console/applications");

export function ApplicationsPage() {
  const { organizationId, canManage } = useConsole();
  const { search } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (text: string) =>
    void navigate({ search: text === "" ? {} : { search: text }, replace: true });
  return (
    <>
      <PageHeader
        title="Applications"
        description={
          <>
            The customers of <span className="mono">{organizationId}</span>
            {search === undefined ? ", newest first." : " that match, by name."}
          </>
        }
      />
      <SearchField
        label="Search applications"
        placeholder="The beginning of a name, a uid or an id"
        value={search ?? ""}
        onSearch={show}
      />
      <PagedTable
        label="Applications"
        pages={useApplications(search)}
        columns={applicationColumns}
        keyOf={({ id }) => id}
        // Whoever may only look makes no links that let others in.
        {...(canManage && { menu: menuOf })}
        empty={
          search === undefined ? (
            <NoApplications />
          ) : (
            <NoneFound search={search} onShowAll={() => show("")} />
          )
        }
      />
    </>
  );
}

function useApplications(search: string | undefined) {
  const { client, organizationId } = useConsole();
  return usePages(["applications", organizationId, search ?? ""], (iterator) => {
    const query = {
      order: "descending" as const,
      ...(search !== undefined && { search }),
      ...(iterator !== undefined && { iterator }),
    };
    return answerOf(client.GET("/api/v1/app", { params: { query } }));
  });
}

function menuOf(application: ApplicationOut) {
  return <ViewWebhook application={application} />;
}

function NoApplications() {
  return (
    <EmptyState icon={IconUsers} title="No applications yet">
      An application is one customer of yours, with endpoints of its own. Make one with{" "}
      <span className="mono">POST /api/v1/app</span>.
    </EmptyState>
  );
}

type NoneFoundProps = { readonly search: string; readonly onShowAll: () => void };

function NoneFound({ search, onShowAll }: NoneFoundProps) {
  return (
    <EmptyState
      icon={IconUserSearch}
      title="No application is called that"
      action={
        <Button variant="default" onClick={onShowAll}>
          Show all applications
        </Button>
      }
    >
      None has a name, a uid or an id that begins with “{search}”. What stands further on in a name
      is not searched; capital letters matter in uids and ids alone.
    </EmptyState>
  );
}
