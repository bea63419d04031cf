import "@mantine/charts/styles.css";
import { LineChart } from "@mantine/charts";
import { tookWords } from "../../../components/time/words.ts";
import type { Range } from "../ranges.ts";
import type { LatencyPoint } from "../series.ts";
import { dayOrHourWords, tickWords } from "./ticks.ts";

type LatenciesChartProps = { readonly points: readonly LatencyPoint[]; readonly range: Range };

export function LatenciesChart({ points, range }: LatenciesChartProps) {
  return (
    <LineChart
      h={240}
      data={points.map((point) => ({ ...point }))}
      dataKey="atMs"
      series={[
        { name: "p50", label: "Half within", color: "var(--ph-quiet-line)" },
        { name: "p95", label: "95\u00a0% within", color: "var(--mantine-primary-color-filled)" },
        {
          name: "p99",
          label: "99\u00a0% within",
          color: "var(--ph-wait-line)",
          strokeDasharray: "5 4",
        },
      ]}
      curveType="monotone"
      connectNulls={false}
      strokeWidth={2}
      dotProps={{ r: 2.5 }}
      withLegend
      legendProps={{ verticalAlign: "top", height: 36 }}
      tickLine="none"
      gridAxis="x"
      gridColor="var(--ph-border)"
      textColor="var(--mantine-color-dimmed)"
      valueFormatter={tookWords}
      xAxisProps={{
        tickFormatter: (atMs: number) => tickWords(atMs, range),
        minTickGap: 28,
        // A point at the edge is shown whole.
        padding: { right: 6 },
      }}
      yAxisProps={{ width: 64 }}
      tooltipProps={{ labelFormatter: (atMs) => dayOrHourWords(atMs, range) }}
      tooltipAnimationDuration={0}
      lineProps={{ isAnimationActive: false }}
      lineChartProps={{ accessibilityLayer: false }}
    />
  );
}
