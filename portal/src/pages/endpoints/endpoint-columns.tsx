import { Anchor, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { EndpointSeriesOut } from "../../api/schema.d.ts";
import { percentWords } from "../../components/percent.ts";
import { Sparkline } from "../../components/sparkline.tsx";
import { endpointStatus } from "../../components/status/endpoint-status.ts";
import { StatusBadge } from "../../components/status/status-badge.tsx";
import { waitingWords } from "../../components/waiting-words.ts";
import type { Column } from "../../components/table/data-table.tsx";
import { endpointPath } from "./endpoint-path.ts";
import type { EndpointRow } from "./endpoint-rows.ts";
import { PERIOD_WORDS, type Period } from "./period.ts";

/** From here on an error rate is worth a look. */
const ERROR_RATE_HIGH = 0.05;

export function endpointColumns(period: Period): readonly Column<EndpointRow>[] {
  return [
    { label: "Endpoint", cell: ({ endpoint }) => <Name endpoint={endpoint} /> },
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
      cell: ({ series }) => series && <Waiting series={series} />,
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

function Name({ endpoint: { id, url, description } }: Pick<EndpointRow, "endpoint">) {
  return (
    <Stack gap={2}>
      <Anchor
        component={Link}
        to={endpointPath(id)}
        size="sm"
        fw={550}
        c="var(--mantine-color-text)"
      >
        {url}
      </Anchor>
      {description !== "" && (
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      )}
    </Stack>
  );
}

function Waiting({ series }: { readonly series: EndpointSeriesOut }) {
  const isNone = series.pending + series.sending === 0;
  return (
    <Text size="sm" title="Messages that wait for an attempt" {...(isNone && { c: "dimmed" })}>
      {waitingWords(series)}
    </Text>
  );
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
      label={`${success} succeeded and ${failure} failed in ${PERIOD_WORDS[period]}`}
    />
  );
}
