import { IconWebhook } from "@tabler/icons-react";
import { endpointsKey, listEndpoints } from "../../api/endpoints.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { PagedTable } from "../../components/table/paged-table.tsx";
import { usePages } from "../../components/table/use-pages.ts";
import { useLive } from "../../live/use-live.ts";
import { usePortal } from "../../session/portal-context.tsx";
import { endpointColumns } from "./endpoint-columns.tsx";

export function EndpointsPage() {
  const portal = usePortal();
  useLive();
  const pages = usePages(endpointsKey(portal), (iterator) => listEndpoints(portal, iterator));
  return (
    <>
      <PageHeader
        title="Endpoints"
        description="The URLs of your servers that messages are sent to."
      />
      <PagedTable
        label="Endpoints"
        pages={pages}
        columns={endpointColumns}
        keyOf={({ id }) => id}
        empty={
          <EmptyState icon={IconWebhook} title="No endpoints yet">
            An endpoint is a URL of your server. Each message is sent there as a signed POST, again
            and again until your server answers with 200.
          </EmptyState>
        }
      />
    </>
  );
}
