import { Text } from "@mantine/core";
import { countWords, percentWords } from "../../components/numbers.ts";
import { Sparkline } from "../../components/sparkline.tsx";
import { endpointStatus } from "../../components/status/endpoint-status.ts";
import { StatusBadge } from "../../components/status/status-badge.tsx";
import { WaitingCount } from "../../components/waiting-count.tsx";
import type { Column } from "../../components/table/data-table.tsx";
import { NameCell } from "../../components/table/name-cell.tsx";
import { endpointPath } from "./endpoint-path.ts";
import type { EndpointRow } from "./endpoint-rows.ts";
import { PERIOD_WORDS, type Period } from "./period.ts";

/** From here on an error rate is worth a look. */
const ERROR_RATE_HIGH = 0.05;

export function endpointColumns(period: Period): readonly Column<EndpointRow>[] {
  return [
    {
      label: "Endpoint",
      cell: ({ endpoint: { id, url, description } }) => (
        <NameCell to={endpointPath(id)} name={url} description={description} />
      ),
    },
    {
      label: "Status",
      width: 150,
      cell: ({ endpoint }) => <StatusBadge status={endpointStatus(endpoint)} />,
    },
    {
      label: "Waiting",
      width: 90,
      align: "right",
      isMinor: true,
      cell: ({ series }) => series && <WaitingCount {...series} />,
    },
    {
      label: "Error rate",
      width: 110,
      align: "right",
      isMinor: true,
      cell: ({ series }) => <ErrorRate rate={series?.errorRate ?? null} />,
    },
    {
      label: "Attempts",
      width: 170,
      isMinor: true,
      cell: ({ series }) => <Attempts series={series} period={period} />,
    },
  ];
}

function ErrorRate({ rate }: { readonly rate: number | null }) {
  if (rate === null) {
    return (
      <Text size="sm" c="dimmed" aria-label="No attempts">
        –
      </Text>
    );
  }
  const isHigh = rate >= ERROR_RATE_HIGH;
  return (
    <Text size="sm" {...(isHigh && { c: "var(--ph-fail-text)", fw: 600 })}>
      {percentWords(rate)}
    </Text>
  );
}

type AttemptsProps = Pick<EndpointRow, "series"> & { readonly period: Period };

function Attempts({ series, period }: AttemptsProps) {
  if (series === undefined) return null;
  const { success, failure, successCount, failureCount } = series;
  return (
    <Sparkline
      success={successCount}
      failure={failureCount}
      label={`${countWords(success)} succeeded and ${countWords(failure)} failed in ${PERIOD_WORDS[period]}`}
    />
  );
}
