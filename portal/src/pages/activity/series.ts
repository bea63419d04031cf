import { PERIOD_MS } from "../../api/periods.ts";
import type { AttemptLatenciesOut, AttemptStatisticsResponse } from "../../api/schema.d.ts";
import { RANGE_FACTS, type Range } from "./ranges.ts";

export type CountsPoint = {
  /** When the bar begins. */
  readonly atMs: number;
  readonly succeeded: number;
  readonly failed: number;
};

export type LatencyPoint = {
  readonly atMs: number;
  /** Milliseconds; null: nothing was attempted. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
};

/** A point for each bar, oldest first; the newest bar is whole, and so the oldest may not be. */
export function countsOf(answer: AttemptStatisticsResponse, range: Range): readonly CountsPoint[] {
  const { periodsPerBar } = RANGE_FACTS[range];
  const { successCount, failureCount } = answer.data;
  const startMs = Date.parse(answer.startDate);
  const bars = Math.ceil(successCount.length / periodsPerBar);
  const first = successCount.length - bars * periodsPerBar;
  return Array.from({ length: bars }, (_, bar) => {
    const from = first + bar * periodsPerBar;
    const own = [Math.max(0, from), from + periodsPerBar] as const;
    return {
      atMs: startMs + own[0] * PERIOD_MS[answer.period],
      succeeded: sum(successCount.slice(...own)),
      failed: sum(failureCount.slice(...own)),
    };
  });
}

export function latenciesOf({
  startDate,
  period,
  data,
}: AttemptLatenciesOut): readonly LatencyPoint[] {
  const startMs = Date.parse(startDate);
  return data.p50.map((p50, i) => ({
    atMs: startMs + i * PERIOD_MS[period],
    p50,
    p95: data.p95[i] ?? null,
    p99: data.p99[i] ?? null,
  }));
}

export function totalsOf(points: readonly CountsPoint[]) {
  const succeeded = sum(points.map((point) => point.succeeded));
  const failed = sum(points.map((point) => point.failed));
  const attempts = succeeded + failed;
  return { succeeded, failed, attempts, errorRate: attempts === 0 ? null : failed / attempts };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
