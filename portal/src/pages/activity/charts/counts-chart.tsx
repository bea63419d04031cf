import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import type { Range } from "../ranges.ts";
import type { CountsPoint } from "../series.ts";
import { spanWords, tickWords } from "./ticks.ts";

type CountsChartProps = { readonly points: readonly CountsPoint[]; readonly range: Range };

const COUNT = new Intl.NumberFormat("en", { notation: "compact" });

/** What failed stands on what succeeded. */
export function CountsChart({ points, range }: CountsChartProps) {
  return (
    <BarChart
      h={240}
      type="stacked"
      data={points.map((point) => ({ ...point }))}
      dataKey="atMs"
      series={[
        { name: "succeeded", label: "Succeeded", color: "var(--ph-success-line)" },
        { name: "failed", label: "Failed", color: "var(--ph-fail-line)" },
      ]}
      withLegend
      legendProps={{ verticalAlign: "top", height: 36 }}
      tickLine="none"
      gridAxis="x"
      gridColor="var(--ph-border)"
      textColor="var(--mantine-color-dimmed)"
      maxBarWidth={26}
      valueFormatter={(value) => COUNT.format(value)}
      xAxisProps={{ tickFormatter: (atMs: number) => tickWords(atMs, range), minTickGap: 28 }}
      yAxisProps={{ allowDecimals: false, width: 44 }}
      tooltipProps={{ labelFormatter: (atMs) => spanWords(atMs, range) }}
      tooltipAnimationDuration={0}
      barProps={{ isAnimationActive: false }}
      barChartProps={{ accessibilityLayer: false }}
    />
  );
}
