import { Anchor, Box, Button } from "@mantine/core";
import { IconDownload, IconFilterOff, IconMessages } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { listMessages } from "../../api/messages.ts";
import type { MessageOut } from "../../api/schema.d.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { FilterBar } from "../../components/filters/filter-bar.tsx";
import { countOf, type Filters } from "../../components/filters/filters.ts";
import { Id } from "../../components/id.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import type { Column } from "../../components/table/data-table.tsx";
import { PagedTable } from "../../components/table/paged-table.tsx";
import { usePages } from "../../components/table/use-pages.ts";
import { RelativeTime } from "../../components/time/relative-time.tsx";
import { useLive } from "../../live/use-live.ts";
import { usePortal } from "../../session/portal-context.tsx";
import { DeliveryCounts } from "./delivery-counts.tsx";
import { ExportDialog } from "./export/export-dialog.tsx";
import { FindMessage } from "./find-message.tsx";
import { Labels } from "./labels.tsx";

const route = getRouteApi("/portal/messages");

export function MessagesPage() {
  const portal = usePortal();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const [isExporting, setExporting] = useState(false);
  const pages = usePages(["messages", portal.appId, "list", filters], (iterator) =>
    listMessages(portal, filters, iterator),
  );
  useLive();
  const show = (chosen: Filters) => void navigate({ search: chosen, replace: true });
  return (
    <>
      <PageHeader
        title="Logs"
        description="Every message to your endpoints, newest first."
        actions={
          <Button
            variant="default"
            leftSection={<IconDownload size={16} />}
            onClick={() => setExporting(true)}
          >
            Export
          </Button>
        }
      />
      <FindMessage />
      <FilterBar
        filters={filters}
        onChange={show}
        onRefresh={pages.refresh}
        isRefreshing={pages.isRefreshing}
      />
      <PagedTable
        label="Messages"
        pages={pages}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        onOpen={({ id }) =>
          void navigate({ to: "/portal/messages/$messageId", params: { messageId: id } })
        }
        empty={countOf(filters) === 0 ? <NoMessages /> : <NothingFound onClear={() => show({})} />}
      />
      <ExportDialog opened={isExporting} onClose={() => setExporting(false)} filters={filters} />
    </>
  );
}

const COLUMNS: readonly Column<MessageOut>[] = [
  {
    label: "Event type",
    cell: ({ id, eventType, deliveries }) => (
      <>
        <Anchor
          component={Link}
          to={`/portal/messages/${id}`}
          size="sm"
          fw={550}
          c="var(--mantine-color-text)"
          className="mono"
        >
          {eventType}
        </Anchor>
        <Box hiddenFrom="sm" mt={4}>
          <DeliveryCounts counts={deliveries} />
        </Box>
      </>
    ),
  },
  {
    label: "Deliveries",
    isMinor: true,
    cell: ({ deliveries }) => <DeliveryCounts counts={deliveries} />,
  },
  { label: "Message", isMinor: true, cell: ({ id }) => <Id value={id} of="message" /> },
  {
    label: "Channels and tags",
    isMinor: true,
    cell: (message) => <Labels message={message} />,
  },
  { label: "Sent", width: 150, cell: ({ timestamp }) => <RelativeTime at={timestamp} /> },
];

function NoMessages() {
  return (
    <EmptyState icon={IconMessages} title="No messages yet">
      Whatever happens to you in the product that sends your webhooks appears here the moment it is
      sent, with what became of it at each of your endpoints. To see one now, send an example from
      the Testing tab of an endpoint.
    </EmptyState>
  );
}

function NothingFound({ onClear }: { readonly onClear: () => void }) {
  return (
    <EmptyState
      icon={IconFilterOff}
      title="No message fits"
      action={
        <Button variant="default" onClick={onClear}>
          Clear the filters
        </Button>
      }
    >
      Choose a longer time, or fewer filters.
    </EmptyState>
  );
}
