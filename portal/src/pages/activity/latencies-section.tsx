import { useQuery } from "@tanstack/react-query";
import { lazy } from "react";
import { Loaded } from "../../components/loaded.tsx";
import { exactWords, tookWords } from "../../components/time/words.ts";
import { usePortal } from "../../session/portal-context.tsx";
import { ChartSection } from "./chart-section.tsx";
import { latenciesQuery } from "./queries.ts";
import { RANGE_FACTS, type Range } from "./ranges.ts";
import { latenciesOf, type LatencyPoint } from "./series.ts";

const LatenciesChart = lazy(async () => ({
  default: (await import("./charts/latencies-chart.tsx")).LatenciesChart,
}));

export function LatenciesSection({ range }: { readonly range: Range }) {
  const latencies = useQuery(latenciesQuery(usePortal(), range));
  return (
    <Loaded query={latencies} what="how long your servers took" lines={4}>
      {(answer) => <Latencies points={latenciesOf(answer)} range={range} />}
    </Loaded>
  );
}

type LatenciesProps = { readonly points: readonly LatencyPoint[]; readonly range: Range };

function Latencies({ points, range }: LatenciesProps) {
  return (
    <ChartSection
      title="How long your servers took to answer"
      summary={summaryOf(points, range)}
      columns={[
        { label: "From", cell: ({ atMs }) => exactWords(atMs) },
        { label: "Half within", align: "right", cell: ({ p50 }) => wordsOf(p50) },
        { label: "95\u00a0% within", align: "right", cell: ({ p95 }) => wordsOf(p95) },
        { label: "99\u00a0% within", align: "right", cell: ({ p99 }) => wordsOf(p99) },
      ]}
      rows={points}
    >
      <LatenciesChart points={points} range={range} />
    </ChartSection>
  );
}

function wordsOf(durationMs: number | null): string {
  return durationMs === null ? "–" : tookWords(durationMs);
}

function summaryOf(points: readonly LatencyPoint[], range: Range): string {
  const newest = points.findLast(({ p50 }) => p50 !== null);
  if (newest === undefined) return `No attempt was made in ${RANGE_FACTS[range].words}.`;
  return (
    `Most recently, half of the attempts took ${wordsOf(newest.p50)} or less, ` +
    `95\u00a0% ${wordsOf(newest.p95)} or less, and 99\u00a0% ${wordsOf(newest.p99)} or less.`
  );
}
