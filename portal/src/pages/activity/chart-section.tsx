import { Text, Title } from "@mantine/core";
import { Suspense, type ReactNode } from "react";
import { Loading } from "../../components/loading.tsx";
import { DataTable, type Column } from "../../components/table/data-table.tsx";
import classes from "./activity.module.css";

type ChartSectionProps<Row> = {
  readonly title: string;
  /** What the picture says, in a sentence. */
  readonly summary: string;
  /** The chart. */
  readonly children: ReactNode;
  /** The same as a table, for whoever does not see the picture, or wants numbers. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
};

export function ChartSection<Row extends { readonly atMs: number }>(props: ChartSectionProps<Row>) {
  const { title, summary, children, columns, rows } = props;
  return (
    <section aria-label={title}>
      <Title order={2}>{title}</Title>
      <Text size="sm" c="dimmed" mb="md">
        {summary}
      </Text>
      <div className={classes["chart"]} role="img" aria-label={`A chart. ${summary}`}>
        <Suspense fallback={<Loading what="the chart" lines={6} />}>{children}</Suspense>
      </div>
      <details className={classes["numbers"]}>
        <summary>As a table</summary>
        <DataTable
          label={title}
          density="compact"
          columns={columns}
          rows={rows.toReversed()}
          keyOf={({ atMs }) => String(atMs)}
        />
      </details>
    </section>
  );
}
