import { Button, SegmentedControl, Stack } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { AttemptStatisticsResponse } from "../../api/schema.d.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { usePortal } from "../../session/portal-context.tsx";
import { AttemptsSection } from "./attempts-section.tsx";
import { FailingEndpoints } from "./failing-endpoints.tsx";
import { LatenciesSection } from "./latencies-section.tsx";
import { attemptCountsQuery } from "./queries.ts";
import { RANGE_FACTS, RANGES, type Range } from "./ranges.ts";
import { countsOf, totalsOf } from "./series.ts";
import { Totals } from "./totals.tsx";

const route = getRouteApi("/portal/activity");

export function ActivityPage() {
  const { range = "24h" } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (chosen: Range) =>
    void navigate({ search: chosen === "24h" ? {} : { range: chosen }, replace: true });
  return (
    <>
      <PageHeader
        title="Activity"
        description="How the attempts at your endpoints went."
        actions={
          <SegmentedControl<Range>
            aria-label="What is shown of the past"
            value={range}
            onChange={show}
            data={RANGES.map((value) => ({ value, label: RANGE_FACTS[value].label }))}
          />
        }
      />
      <Activity range={range} onRange={show} />
    </>
  );
}

type ActivityProps = { readonly range: Range; readonly onRange: (range: Range) => void };

function Activity({ range, onRange }: ActivityProps) {
  const counts = useQuery(attemptCountsQuery(usePortal(), range));
  return (
    <Loaded query={counts} what="the activity" lines={6}>
      {(answer) => <Counted answer={answer} range={range} onRange={onRange} />}
    </Loaded>
  );
}

type CountedProps = ActivityProps & { readonly answer: AttemptStatisticsResponse };

function Counted({ answer, range, onRange }: CountedProps) {
  const points = countsOf(answer, range);
  const totals = totalsOf(points);
  if (totals.attempts === 0) return <NoActivity range={range} onRange={onRange} />;
  return (
    <Stack gap={40}>
      <Totals totals={totals} />
      <AttemptsSection points={points} totals={totals} range={range} />
      <LatenciesSection range={range} />
      <FailingEndpoints range={range} />
    </Stack>
  );
}

function NoActivity({ range, onRange }: ActivityProps) {
  return (
    <EmptyState
      icon={IconChartBar}
      title={`Nothing was sent in ${RANGE_FACTS[range].words}`}
      action={
        range !== "28d" && (
          <Button variant="default" onClick={() => onRange("28d")}>
            Show 28 days
          </Button>
        )
      }
    >
      As soon as messages are sent to your endpoints, you see here how many arrive, how fast your
      servers answer, and which of them fail.
    </EmptyState>
  );
}
