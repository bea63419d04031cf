import { lazy } from "react";
import { ChartSection } from "./chart-section.tsx";
import { RANGE_FACTS, type Range } from "./ranges.ts";
import type { CountsPoint, totalsOf } from "./series.ts";
import { countWords, manyWords } from "../../components/numbers.ts";
import { exactWords } from "../../components/time/words.ts";

/** The library for charts is larger than all else on the page. */
const CountsChart = lazy(async () => ({
  default: (await import("./charts/counts-chart.tsx")).CountsChart,
}));

type AttemptsSectionProps = {
  readonly points: readonly CountsPoint[];
  readonly totals: ReturnType<typeof totalsOf>;
  readonly range: Range;
};

export function AttemptsSection({ points, totals, range }: AttemptsSectionProps) {
  const { words } = RANGE_FACTS[range];
  return (
    <ChartSection
      title="Attempts"
      summary={`${manyWords(totals.succeeded, "attempt")} succeeded and ${countWords(totals.failed)} failed in ${words}.`}
      columns={[
        { label: "From", cell: ({ atMs }) => exactWords(atMs) },
        { label: "Succeeded", align: "right", cell: ({ succeeded }) => countWords(succeeded) },
        { label: "Failed", align: "right", cell: ({ failed }) => countWords(failed) },
      ]}
      rows={points}
    >
      <CountsChart points={points} range={range} />
    </ChartSection>
  );
}
