import { Title } from "@mantine/core";
import { IconHistory, IconMessage, IconRefresh } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { listEndpointAttempts } from "../../../../api/endpoint-attempts.ts";
import type { MessageAttemptOut } from "../../../../api/schema.d.ts";
import { FilterBar } from "../../../../components/filters/filter-bar.tsx";
import type { Filters } from "../../../../components/filters/filters.ts";
import { PagedTable } from "../../../../components/table/paged-table.tsx";
import { RowMenu, type RowAction } from "../../../../components/table/row-menu.tsx";
import { usePages } from "../../../../components/table/use-pages.ts";
import { usePortal } from "../../../../session/portal-context.tsx";
import { useEndpoint } from "../endpoint-context.ts";
import { ReplayDialog } from "../replay/replay-dialog.tsx";
import { attemptColumns } from "./attempt-columns.tsx";
import { NoAttempts } from "./no-attempts.tsx";
import { ATTEMPTS, type OverviewSearch } from "./overview-search.ts";
import { useResendHere } from "./use-resend-here.tsx";
import classes from "./overview.module.css";

type AttemptTableProps = {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
  /** The URL in which the attempt is shown. */
  readonly searchOf: (attempt: MessageAttemptOut) => OverviewSearch;
};

/** The attempts at the endpoint, newest first; new ones appear by themselves. */
export function AttemptTable({ filters, onChange, searchOf }: AttemptTableProps) {
  const portal = usePortal();
  const endpoint = useEndpoint();
  const navigate = useNavigate();
  const [recoverSince, setRecoverSince] = useState<string>();
  const actionsOf = useActions(setRecoverSince);
  const pages = usePages(["attempts", portal.appId, endpoint.id, filters], (iterator) =>
    listEndpointAttempts(portal, endpoint.id, filters, iterator),
  );
  return (
    <section aria-label="Attempts" id={ATTEMPTS} className={classes["attempts"]}>
      <Title order={2} size="h3" mb="sm">
        Attempts
      </Title>
      <FilterBar
        filters={filters}
        onChange={onChange}
        onRefresh={pages.refresh}
        isRefreshing={pages.isRefreshing}
        withStatus
      />
      <PagedTable
        label="Attempts"
        pages={pages}
        columns={attemptColumns(searchOf)}
        keyOf={({ id }) => id}
        onOpen={(attempt) =>
          void navigate({
            to: "/portal/endpoints/$endpointId",
            params: { endpointId: endpoint.id },
            search: searchOf(attempt),
            replace: true,
            resetScroll: false,
          })
        }
        menu={(attempt) => <RowMenu of={`attempt ${attempt.id}`} actions={actionsOf(attempt)} />}
        empty={<NoAttempts filters={filters} onClear={() => onChange({})} />}
      />
      {recoverSince !== undefined && (
        <ReplayDialog
          endpointId={endpoint.id}
          kind="recover"
          since={recoverSince}
          onClose={() => setRecoverSince(undefined)}
        />
      )}
    </section>
  );
}

function useActions(onRecover: (since: string) => void) {
  const { can } = usePortal();
  const { id: endpointId, disabled } = useEndpoint();
  const navigate = useNavigate();
  const resending = useResendHere();
  const unavailable = disabled ? { unavailable: "the endpoint is disabled" } : {};
  return ({ msgId, timestamp, msg }: MessageAttemptOut): readonly RowAction[] => [
    {
      label: "View the message",
      icon: IconMessage,
      onClick: () => void navigate({ to: `/portal/messages/${msgId}` }),
    },
    ...(can("CreateAttempts")
      ? [
          {
            label: "Resend",
            icon: IconRefresh,
            onClick: () => resending.mutate({ messageId: msgId, endpointId }),
            ...unavailable,
          },
          {
            label: "Recover all failed since this…",
            icon: IconHistory,
            // Recoveries go by when messages came, which is before their attempts.
            onClick: () => onRecover(msg?.timestamp ?? timestamp),
            ...unavailable,
          },
        ]
      : []),
  ];
}
