import { Group, Skeleton, Text, Tooltip } from "@mantine/core";
import type { EndpointSeries } from "../../../../api/endpoint-attempts.ts";
import { countWords, manyWords } from "../../../../components/numbers.ts";
import { periodStartMs, periodWords } from "./periods.ts";
import classes from "./overview.module.css";

type AttemptBarsProps = {
  /** undefined while it is being counted. */
  readonly series: EndpointSeries | undefined;
};

/** A bar for each hour or day: what succeeded, and above it what failed. */
export function AttemptBars({ series }: AttemptBarsProps) {
  if (series === undefined) return <Skeleton height={108} />;
  const { success, failure, successCount, failureCount, startDate, period } = series;
  if (success + failure === 0) return null;
  const [by, last] = period === "OneDay" ? ["day", "Today"] : ["hour", "This hour"];
  const counts = successCount.map((succeeded, i) => ({
    succeeded,
    failed: failureCount[i] ?? 0,
    words: periodWords(periodStartMs(startDate, period, i), period),
  }));
  const most = Math.max(1, ...counts.map(({ succeeded, failed }) => succeeded + failed));
  return (
    <figure className={classes["chart"]}>
      <div
        className={classes["bars"]}
        role="img"
        aria-label={`${manyWords(success, "attempt")} succeeded and ${countWords(failure)} failed, by ${by}`}
      >
        {counts.map(({ succeeded, failed, words }) => (
          <Tooltip
            key={words}
            label={`${words}: ${countWords(succeeded)} succeeded, ${countWords(failed)} failed`}
          >
            <div className={classes["bar"]}>
              {succeeded + failed === 0 && <span data-tone="none" />}
              <Part tone="fail" count={failed} most={most} />
              <Part tone="success" count={succeeded} most={most} />
            </div>
          </Tooltip>
        ))}
      </div>
      <Group justify="space-between" mt={6}>
        <Text size="xs" c="dimmed">
          {counts[0]?.words}
        </Text>
        <Text size="xs" c="dimmed">
          {last}
        </Text>
      </Group>
    </figure>
  );
}

type PartProps = { readonly tone: string; readonly count: number; readonly most: number };

function Part({ tone, count, most }: PartProps) {
  if (count === 0) return null;
  return <span data-tone={tone} style={{ height: `${(count / most) * 100}%` }} />;
}
