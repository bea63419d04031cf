import { describe, expect, it } from "vitest";
import { readRange, seriesQuery } from "./ranges.ts";
import { countsOf, latenciesOf, totalsOf } from "./series.ts";

const START = "2026-01-01T00:00:00.000Z";
const HOUR_MS = 3_600_000;

function counted(hours: number) {
  return {
    startDate: START,
    endDate: START,
    period: "OneHour",
    data: {
      successCount: Array.from({ length: hours }, (_, i) => i),
      failureCount: Array.from({ length: hours }, () => 1),
      canceledCount: [],
    },
  } as const;
}

describe("counts of attempts", () => {
  it("are a bar for each hour of a day", () => {
    const points = countsOf({ ...counted(24), data: mutable(counted(24).data) }, "24h");
    expect(points).toHaveLength(24);
    expect(points[3]).toEqual({ atMs: Date.parse(START) + 3 * HOUR_MS, succeeded: 3, failed: 1 });
  });

  it("of a week are put together by six hours, the newest of them whole", () => {
    const points = countsOf({ ...counted(14), data: mutable(counted(14).data) }, "7d");
    expect(points.map(({ succeeded, failed }) => [succeeded, failed])).toEqual([
      [0 + 1, 2],
      [2 + 3 + 4 + 5 + 6 + 7, 6],
      [8 + 9 + 10 + 11 + 12 + 13, 6],
    ]);
    expect(points[1]?.atMs).toBe(Date.parse(START) + 2 * HOUR_MS);
    expect(totalsOf(points)).toEqual({
      succeeded: 91,
      failed: 14,
      attempts: 105,
      errorRate: 14 / 105,
    });
  });

  it("of nothing have no error rate", () => {
    expect(totalsOf([]).errorRate).toBeNull();
  });
});

describe("latencies", () => {
  it("have gaps where nothing was attempted", () => {
    const data = { p50: [5, null], p95: [9, null], p99: [9, null], attempts: [3, 0] };
    const answer = { startDate: START, endDate: START, period: "OneDay", data } as const;
    expect(latenciesOf(answer).at(-1)).toEqual({
      atMs: Date.parse(START) + 24 * HOUR_MS,
      p50: null,
      p95: null,
      p99: null,
    });
  });
});

describe("a range", () => {
  it("in the address is one that we know, or the last 24 hours", () => {
    expect([
      readRange({ range: "7d" }),
      readRange({ range: "24h" }),
      readRange({ range: 3 }),
    ]).toEqual([{ range: "7d" }, {}, {}]);
  });

  it("has the period that is not over yet as its last", () => {
    const nowMs = Date.parse("2026-01-28T10:30:00Z");
    expect(seriesQuery("24h", "counts", nowMs)).toEqual({
      period: "OneHour",
      startDate: "2026-01-27T11:30:00.000Z",
    });
    expect(seriesQuery("28d", "latencies", nowMs).startDate).toBe("2026-01-01T10:30:00.000Z");
  });
});

function mutable(data: ReturnType<typeof counted>["data"]) {
  return {
    successCount: [...data.successCount],
    failureCount: [...data.failureCount],
    canceledCount: [],
  };
}
