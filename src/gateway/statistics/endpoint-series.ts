import { z } from "zod";
import type { Endpoint } from "../../domain/records.ts";
import type { AttemptCounts } from "../../store/catalogue-statistics.ts";
import type { Page } from "../../store/catalogue.ts";
import { findApplication } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { notFound } from "../http/problem.ts";
import { NAME } from "../input/fields.ts";
import { iterator, LIMIT_DEFAULT, listAnswer, listOf, ORDER, pageQuery } from "../input/listing.ts";
import { queryNumber } from "../input/query-number.ts";
import { route, type Route } from "../route.ts";
import { periodsOf, seriesRange } from "./series-range.ts";
import { COUNTS, PERIOD, SERIES_QUERY } from "./statistics-schemas.ts";
import { RANGE_REFUSALS } from "./stats-range.ts";
import { LISTED_WAITING_MAX, waitingFields, waitingOut } from "./waiting.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "statistics" | "deliveries">;

const ENDPOINTS_MAX = 100;
const PERIODS_MAX = 100;

const COUNT = z.int().min(0);

export const OUTCOMES = {
  success: COUNT.describe("Attempts that were answered with 2xx"),
  failure: COUNT.describe("Attempts that were answered otherwise, or not at all"),
  errorRate: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe("The part of the attempts that failed; null: there was no attempt"),
};

const ENDPOINT_SERIES = z
  .object({
    endpointId: z.string(),
    ...OUTCOMES,
    successCount: COUNTS.describe("One number for each period, oldest first"),
    failureCount: COUNTS,
    ...waitingFields(LISTED_WAITING_MAX),
  })
  .meta({ id: "EndpointSeriesOut" });

const ENDPOINT_SERIES_LIST = listOf(ENDPOINT_SERIES, "EndpointSeriesOut")
  .extend({
    startDate: z.iso.datetime().describe("When the first period begins"),
    endDate: z.iso.datetime().describe("When the last period ends"),
    period: PERIOD,
  })
  .meta({ id: "EndpointSeriesListOut" });

const QUERY = SERIES_QUERY.omit({ event_types: true }).extend({
  period: PERIOD.default("OneHour").describe("How long a period is; they begin by UTC"),
  limit: queryNumber(z.int().min(1).max(ENDPOINTS_MAX))
    .default(LIMIT_DEFAULT)
    .describe("How many endpoints a page has at most"),
  iterator: iterator("ep").optional(),
  endpoint_id: NAME.optional().describe("Only of this endpoint, by its id or uid"),
  order: ORDER.default("descending").describe("By when the endpoints were created"),
});

export function endpointSeriesRoutes(deps: Deps): readonly Route[] {
  return [listEndpointSeries(deps)];
}

function listEndpointSeries(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/stats/endpoints",
    operationId: "v1.application.stats.endpoints",
    summary: "Count the attempts at each of an application's endpoints, over time, and what waits",
    access: "application",
    query: QUERY,
    answers: { 200: ENDPOINT_SERIES_LIST },
    refusals: RANGE_REFUSALS,
    async handle(call) {
      const range = seriesRange(call.query, Date.now(), PERIODS_MAX);
      const application = await findApplication(deps, call);
      const page = await findPage(deps, application.id, call.query);
      const ids = page.rows.map(({ id }) => id);
      const counts = await deps.statistics.byEndpoint(ids, periodsOf(range));
      const waiting = await deps.deliveries.waiting(ids, LISTED_WAITING_MAX + 1);
      const { status, body } = listAnswer(
        page,
        ({ id }) => id,
        ({ id }) => ({
          ...endpointSeries(id, counts.get(id) ?? []),
          ...waitingOut(waiting.get(id), LISTED_WAITING_MAX),
        }),
      );
      const dates = {
        startDate: new Date(range.fromMs).toISOString(),
        endDate: new Date(range.untilMs).toISOString(),
      };
      return { status, body: { ...body, ...dates, period: call.query.period } };
    },
  });
}

/** Of one endpoint, or of all. Throws a ProblemError (404) if there is no such endpoint. */
async function findPage(
  { endpoints }: Deps,
  applicationId: string,
  query: z.output<typeof QUERY>,
): Promise<Page<Endpoint>> {
  const { endpoint_id: named, order } = query;
  if (named === undefined) return endpoints.list(applicationId, pageQuery(query, order));
  const endpoint = await endpoints.find(applicationId, named);
  if (endpoint === undefined) throw notFound();
  return { rows: [endpoint], hasMore: false };
}

function endpointSeries(endpointId: string, counts: readonly AttemptCounts[]) {
  return {
    endpointId,
    ...outcomes(counts),
    successCount: counts.map(({ succeeded }) => succeeded),
    failureCount: counts.map(({ failed }) => failed),
  };
}

export function outcomes(counts: readonly AttemptCounts[]) {
  const success = counts.reduce((sum, { succeeded }) => sum + succeeded, 0);
  const failure = counts.reduce((sum, { failed }) => sum + failed, 0);
  const all = success + failure;
  return { success, failure, errorRate: all === 0 ? null : failure / all };
}
