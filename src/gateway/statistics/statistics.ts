import type { z } from "zod";
import type { AttemptCounts } from "../../store/catalogue.ts";
import { findApplication } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { route, type Route } from "../route.ts";
import { seriesRange, type SeriesRange } from "./series-range.ts";
import { APP_STATS_OUT, APP_STATS_QUERY, SERIES_OUT, SERIES_QUERY } from "./statistics-schemas.ts";
import { RANGE_REFUSALS, statsRange } from "./stats-range.ts";

type Deps = Pick<GatewayDeps, "applications" | "statistics">;

const NONE: AttemptCounts = { succeeded: 0, failed: 0 };

export function statisticsRoutes(deps: Deps): readonly Route[] {
  return [getAppStats(deps), getAppSeries(deps)];
}

function getAppStats(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/stats/attempts",
    operationId: "v1.application.stats.attempts",
    summary: "Count an application's attempts by event type, and by what came of them",
    access: "application",
    query: APP_STATS_QUERY,
    answers: { 200: APP_STATS_OUT },
    refusals: RANGE_REFUSALS,
    async handle(call) {
      const { since, until, event_types: eventTypes = [] } = call.query;
      const { sinceMs, untilMs } = statsRange({ since, until }, Date.now());
      const { id } = await findApplication(deps, call);
      const span = { fromMs: sinceMs, untilMs, eventTypes };
      const counts = await deps.statistics.byEventType(id, span);
      return { status: 200, body: appStatsOut(counts, sinceMs, untilMs) };
    },
  });
}

function appStatsOut(
  counts: ReadonlyMap<string, AttemptCounts>,
  sinceMs: number,
  untilMs: number,
): z.output<typeof APP_STATS_OUT> {
  const names = [...counts.keys()].sort();
  const all = [...counts.values()];
  return {
    by_event_type: Object.fromEntries(
      names.map((name) => {
        const { succeeded: success, failed: failure } = counts.get(name) ?? NONE;
        return [name, { success, failure, canceled: 0 }];
      }),
    ),
    total_success: all.reduce((sum, { succeeded }) => sum + succeeded, 0),
    total_failure: all.reduce((sum, { failed }) => sum + failed, 0),
    total_canceled: 0,
    since: new Date(sinceMs).toISOString(),
    until: new Date(untilMs).toISOString(),
  };
}

function getAppSeries(deps: Deps): Route {
  return route({
    method: "get",
    path: "/stats/app/{app_id}/attempt",
    operationId: "v1.stats.app-attempts",
    summary: "Count an application's attempts over time",
    access: "application",
    query: SERIES_QUERY,
    answers: { 200: SERIES_OUT },
    refusals: RANGE_REFUSALS,
    async handle(call) {
      const range = seriesRange(call.query, Date.now());
      const { id } = await findApplication(deps, call);
      const { event_types: eventTypes = [], period } = call.query;
      const span = { ...range, eventTypes };
      const counts = await deps.statistics.byPeriod(id, span, range.periodMs);
      return { status: 200, body: { ...seriesOut(counts, range), period } };
    },
  });
}

function seriesOut(
  counts: ReadonlyMap<number, AttemptCounts>,
  { fromMs, untilMs, periodMs }: SeriesRange,
): Omit<z.output<typeof SERIES_OUT>, "period"> {
  const periods = Array.from(
    { length: (untilMs - fromMs) / periodMs },
    (_, i) => counts.get(fromMs + i * periodMs) ?? NONE,
  );
  return {
    startDate: new Date(fromMs).toISOString(),
    endDate: new Date(untilMs).toISOString(),
    data: {
      successCount: periods.map(({ succeeded }) => succeeded),
      failureCount: periods.map(({ failed }) => failed),
      canceledCount: periods.map(() => 0),
    },
  };
}
