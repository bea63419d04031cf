import { Button, SegmentedControl } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { PageHeader } from "../../components/page-header.tsx";
import { PagedTable } from "../../components/table/paged-table.tsx";
import { usePages } from "../../components/table/use-pages.ts";
import { useLive } from "../../live/use-live.ts";
import { usePortal } from "../../session/portal-context.tsx";
import { endpointColumns } from "./endpoint-columns.tsx";
import { endpointPath } from "./endpoint-path.ts";
import { loadEndpointRows } from "./endpoint-rows.ts";
import { NoEndpoints } from "./no-endpoints.tsx";
import type { Period } from "./period.ts";

const route = getRouteApi("/portal/endpoints");

export function EndpointsPage() {
  const portal = usePortal();
  const { period = "24h" } = route.useSearch();
  const navigate = useNavigate();
  useLive();
  const pages = usePages(["stats", portal.appId, "endpoints", period], (iterator) =>
    loadEndpointRows(portal, period, iterator),
  );
  const hasRows = pages.rows.length > 0;
  return (
    <>
      <PageHeader
        title="Endpoints"
        description="The URLs of your servers that messages are sent to."
        actions={
          hasRows && (
            <>
              <PeriodControl period={period} />
              {portal.can("ManageEndpoint") && <AddButton />}
            </>
          )
        }
      />
      <PagedTable
        label="Endpoints"
        pages={pages}
        columns={endpointColumns(period)}
        keyOf={({ endpoint }) => endpoint.id}
        onOpen={({ endpoint }) => void navigate({ to: endpointPath(endpoint.id) })}
        empty={<NoEndpoints action={portal.can("ManageEndpoint") ? <AddButton /> : undefined} />}
      />
    </>
  );
}

function AddButton() {
  return (
    <Button component={Link} to="/portal/endpoints/new" leftSection={<IconPlus size={16} />}>
      Add endpoint
    </Button>
  );
}

function PeriodControl({ period }: { readonly period: Period }) {
  const navigate = route.useNavigate();
  return (
    <SegmentedControl<Period>
      aria-label="What attempts are counted of"
      value={period}
      onChange={(chosen) =>
        void navigate({ search: chosen === "7d" ? { period: chosen } : {}, replace: true })
      }
      data={[
        { value: "24h", label: "24 hours" },
        { value: "7d", label: "7 days" },
      ]}
    />
  );
}
