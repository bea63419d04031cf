import { z } from "zod";
import { findApplication } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { route, type Route } from "../route.ts";
import { periodsOf, seriesRange } from "./series-range.ts";
import { PERIOD, SERIES_QUERY } from "./statistics-schemas.ts";
import { RANGE_REFUSALS } from "./stats-range.ts";

type Deps = Pick<GatewayDeps, "applications" | "statistics">;

/** Each costs a look into its row, so that what a period costs is the same however busy it was. */
const ATTEMPTS_MAX = 500;
const PERIODS_MAX = 100;

const MILLISECONDS = z.array(z.int().min(0).nullable()).readonly();

const LATENCIES_OUT = z
  .object({
    startDate: z.iso.datetime().describe("When the first period begins"),
    endDate: z.iso.datetime().describe("When the last period ends"),
    period: PERIOD,
    data: z
      .object({
        p50: MILLISECONDS.describe("Milliseconds for each period, oldest first; null: no attempt"),
        p95: MILLISECONDS,
        p99: MILLISECONDS,
        attempts: z
          .array(z.int().min(0))
          .readonly()
          .describe(
            `How many it was reckoned from: the last ${ATTEMPTS_MAX} of the period at most`,
          ),
      })
      .meta({ id: "AttemptLatenciesData" }),
  })
  .meta({ id: "AttemptLatenciesOut" });

export function latencyRoutes(deps: Deps): readonly Route[] {
  return [getLatencies(deps)];
}

function getLatencies(deps: Deps): Route {
  return route({
    method: "get",
    path: "/stats/app/{app_id}/attempt/latency",
    operationId: "v1.stats.app-latencies",
    summary: "Get how long an application's attempts took, over time",
    access: "application",
    query: SERIES_QUERY.omit({ event_types: true }),
    answers: { 200: LATENCIES_OUT },
    refusals: RANGE_REFUSALS,
    async handle(call) {
      const range = seriesRange(call.query, Date.now(), PERIODS_MAX);
      const { id } = await findApplication(deps, call);
      const found: (readonly number[])[] = [];
      for (const span of periodsOf(range)) {
        found.push(await deps.statistics.durations(id, span, ATTEMPTS_MAX));
      }
      const sorted = found.map((some) => some.toSorted((a, b) => a - b));
      const body = {
        startDate: new Date(range.fromMs).toISOString(),
        endDate: new Date(range.untilMs).toISOString(),
        period: call.query.period,
        data: {
          p50: sorted.map((some) => percentile(some, 0.5)),
          p95: sorted.map((some) => percentile(some, 0.95)),
          p99: sorted.map((some) => percentile(some, 0.99)),
          attempts: sorted.map(({ length }) => length),
        },
      };
      return { status: 200, body };
    },
  });
}

/** The smallest that so many are not above; null of none. */
export function percentile(sorted: readonly number[], part: number): number | null {
  const value = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
  return value === undefined ? null : Math.round(value);
}
