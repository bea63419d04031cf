import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconUsers, IconUserSearch } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { answerOf } from "../../api/client.ts";
import type { ApplicationOut } from "../../api/schema.d.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { PagedTable } from "../../components/table/paged-table.tsx";
import { usePages } from "../../components/table/use-pages.ts";
import { useConsole } from "../../session/console-context.tsx";
import { applicationColumns } from "./application-columns.tsx";
import { NewApplicationDialog } from "./new-application-dialog.tsx";
import { ViewWebhook } from "./view-webhook.tsx";

const route = getRouteApi("/console/applications");

export function ApplicationsPage() {
  const { organizationId, canManage, mode } = useConsole();
  const [isAdding, { open, close }] = useDisclosure(false);
  const { search } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (text: string) =>
    void navigate({ search: text === "" ? {} : { search: text }, replace: true });
  const pages = useApplications(search);
  // A test key sees the sandboxes of applications, and makes none.
  const add = canManage && mode === "live" && (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      Add application
    </Button>
  );
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
        actions={(search !== undefined || pages.rows.length > 0) && add}
      />
      <SearchField
        label="Search applications"
        placeholder="The beginning of a name, a uid or an id"
        value={search ?? ""}
        onSearch={show}
      />
      <PagedTable
        label="Applications"
        pages={pages}
        columns={applicationColumns}
        keyOf={({ id }) => id}
        // Whoever may only look makes no links that let others in.
        {...(canManage && { menu: menuOf })}
        empty={
          search === undefined ? (
            <NoApplications action={add} />
          ) : (
            <NoneFound search={search} onShowAll={() => show("")} />
          )
        }
      />
      <NewApplicationDialog opened={isAdding} onClose={close} />
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
  return <ViewWebhook application={application} isBesideName />;
}

function NoApplications({ action }: { readonly action: ReactNode }) {
  return (
    <EmptyState icon={IconUsers} title="No applications yet" action={action}>
      An application is one customer of yours, with endpoints of its own. Your programs make one
      with <span className="mono">POST /api/v1/app</span>.
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
