import { Group, SegmentedControl, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { endpointSeriesQuery } from "../../../../api/endpoint-attempts.ts";
import { endpointStatsQuery } from "../../../../api/endpoints.ts";
import type { EndpointStats } from "../../../../api/schema.d.ts";
import { ErrorState } from "../../../../components/error-state.tsx";
import { countWords, percentWords } from "../../../../components/numbers.ts";
import { waitingCount, waitingWords } from "../../../../components/waiting-words.ts";
import { usePortal } from "../../../../session/portal-context.tsx";
import { useEndpoint } from "../endpoint-context.ts";
import { AttemptBars } from "./attempt-bars.tsx";
import { STATS_DAYS, type StatsDays } from "./overview-search.ts";
import classes from "./overview.module.css";

type DeliveryStatsProps = {
  readonly days: StatsDays;
  readonly onChange: (days: StatsDays) => void;
};

const LABELS: Readonly<Record<StatsDays, string>> = { 1: "24 hours", 7: "7 days", 28: "28 days" };

export function DeliveryStats({ days, onChange }: DeliveryStatsProps) {
  const portal = usePortal();
  const { id } = useEndpoint();
  const stats = useQuery(endpointStatsQuery(portal, id, days));
  const series = useQuery(endpointSeriesQuery(portal, id, days));
  return (
    <section className={classes["stats"]} aria-label="Attempts by outcome">
      <Group justify="space-between" mb="lg">
        <Title order={2} size="h3">
          Attempts by outcome
        </Title>
        <SegmentedControl
          size="xs"
          aria-label="Of the last"
          value={String(days)}
          onChange={(value) => onChange(Number(value) as StatsDays)}
          data={STATS_DAYS.map((one) => ({ value: String(one), label: LABELS[one] }))}
        />
      </Group>
      {stats.error !== null && stats.data === undefined ? (
        <ErrorState
          title="The attempts could not be counted"
          error={stats.error}
          onRetry={() => void stats.refetch()}
        />
      ) : (
        <Stack gap="lg">
          <Figures stats={stats.data} />
          <AttemptBars series={series.data} />
          <Waiting stats={stats.data} />
        </Stack>
      )}
    </section>
  );
}

function Figures({ stats }: { readonly stats: EndpointStats | undefined }) {
  const all = stats === undefined ? undefined : stats.success + stats.fail;
  return (
    <>
      <dl className={classes["figures"]}>
        <Figure label="Succeeded" value={numberWords(stats?.success)} tone="success" />
        <Figure label="Failed" value={numberWords(stats?.fail)} tone="fail" />
        <Figure label="Error rate" value={rateWords(stats)} />
      </dl>
      {stats !== undefined && all !== undefined && all > 0 && (
        <Shares success={stats.success} fail={stats.fail} />
      )}
    </>
  );
}

type FigureProps = {
  readonly label: string;
  readonly value: string | undefined;
  readonly tone?: "success" | "fail";
};

function Figure({ label, value, tone }: FigureProps) {
  return (
    <div>
      <dt>
        {tone !== undefined && <span className={classes["dot"]} data-tone={tone} aria-hidden />}
        {label}
      </dt>
      <dd>{value ?? <Skeleton height={26} width={54} mt={4} />}</dd>
    </div>
  );
}

type SharesProps = { readonly success: number; readonly fail: number };

/** How much of all it is, at a glance; the figures above say the same. */
function Shares({ success, fail }: SharesProps) {
  const parts = [
    ["success", success],
    ["fail", fail],
  ] as const;
  return (
    <div className={classes["shares"]} aria-hidden>
      {parts.map(
        ([tone, count]) =>
          count > 0 && <span key={tone} data-tone={tone} style={{ flexGrow: count }} />,
      )}
    </div>
  );
}

/** Not of the chosen days but of now, and no attempts: it stands by itself. */
function Waiting({ stats }: { readonly stats: EndpointStats | undefined }) {
  if (stats === undefined) return null;
  const count = waitingCount(stats);
  return (
    <Text size="sm" component="p" className={classes["waiting"]}>
      <span className={classes["dot"]} data-tone={count === 0 ? "none" : "wait"} aria-hidden />
      {count === 0
        ? "No message waits for an attempt now"
        : `${waitingWords(stats)} ${count === 1 ? "message waits" : "messages wait"} for an attempt now`}
    </Text>
  );
}

function numberWords(count: number | undefined): string | undefined {
  return count === undefined ? undefined : countWords(count);
}

function rateWords(stats: EndpointStats | undefined): string | undefined {
  if (stats === undefined) return undefined;
  const all = stats.success + stats.fail;
  if (all === 0) return "–";
  return percentWords(stats.fail / all);
}
