import { Anchor, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { FailingEndpointOut } from "../../api/schema.d.ts";
import { DiagnosisText } from "../../components/diagnosis/diagnosis-text.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { countWords, percentWords } from "../../components/numbers.ts";
import { StatusBadge } from "../../components/status/status-badge.tsx";
import { DataTable, type Column } from "../../components/table/data-table.tsx";
import { NameCell } from "../../components/table/name-cell.tsx";
import { RelativeTime } from "../../components/time/relative-time.tsx";
import { usePortal } from "../../session/portal-context.tsx";
import { endpointPath } from "../endpoints/endpoint-path.ts";
import { failingEndpointsQuery } from "./queries.ts";
import { RANGE_FACTS, type Range } from "./ranges.ts";

/** Those at which most attempts failed, and why. */
export function FailingEndpoints({ range }: { readonly range: Range }) {
  const failing = useQuery(failingEndpointsQuery(usePortal(), range));
  return (
    <section aria-label="Endpoints that fail most">
      <Title order={2} mb="md">
        Endpoints that fail most
      </Title>
      <Loaded query={failing} what="the endpoints" lines={3}>
        {({ data }) =>
          data.length === 0 ? (
            <Text size="sm" c="dimmed">
              None: every attempt succeeded in {RANGE_FACTS[range].words}.
            </Text>
          ) : (
            <DataTable
              label="Endpoints that fail most"
              columns={COLUMNS}
              rows={data}
              keyOf={({ endpointId }) => endpointId}
            />
          )
        }
      </Loaded>
    </section>
  );
}

const COLUMNS: readonly Column<FailingEndpointOut>[] = [
  {
    label: "Endpoint",
    cell: ({ endpointId, url, description, disabled }) => (
      <NameCell to={endpointPath(endpointId)} name={url} description={description}>
        {disabled && <StatusBadge status="disabled" />}
      </NameCell>
    ),
  },
  { label: "Last failure", isMinor: true, cell: (endpoint) => <LastError {...endpoint} /> },
  { label: "Failed", width: 90, align: "right", cell: ({ failure }) => countWords(failure) },
  {
    label: "Error rate",
    width: 110,
    align: "right",
    cell: ({ errorRate }) => (errorRate === null ? "–" : percentWords(errorRate)),
  },
];

function LastError({ lastError, url }: FailingEndpointOut) {
  if (lastError === null) return null;
  return (
    <Stack gap={2}>
      <DiagnosisText attempt={{ ...lastError, url }} isShort />
      <Text size="xs" c="dimmed">
        <Anchor component={Link} to={`/portal/messages/${lastError.messageId}`} size="xs">
          See the message
        </Anchor>{" "}
        <RelativeTime at={lastError.timestamp} />
      </Text>
    </Stack>
  );
}
