import { z } from "zod";
import type { UnwellEndpoint } from "../../store/catalogue-overview.ts";
import type { GatewayDeps } from "../deps.ts";
import { ENDPOINT_HEALTH } from "../endpoints/endpoint-schemas.ts";
import { healthOut } from "../endpoints/endpoint-record.ts";
import { queryNumber } from "../input/query-number.ts";
import { route, type Route } from "../route.ts";
import { LAST_ERROR, lastErrorOut } from "./failing-endpoints.ts";
import { periodsOf, seriesRange } from "./series-range.ts";
import { COUNTS } from "./statistics-schemas.ts";
import { LISTED_WAITING_MAX, waitingFields, waitingOut } from "./waiting.ts";

type Deps = Pick<GatewayDeps, "overview" | "statistics" | "deliveries">;

const ENDPOINTS_DEFAULT = 20;
const ENDPOINTS_MAX = 100;
const DAY_MS = 86_400_000;

const COUNT = z.int().min(0);

const OVERVIEW_OUT = z
  .object({
    endpoints: z
      .array(
        z
          .object({
            applicationId: z.string(),
            applicationUid: z.string().nullable(),
            applicationName: z.string(),
            endpointId: z.string(),
            url: z.string(),
            description: z.string(),
            disabled: z.boolean(),
            ...ENDPOINT_HEALTH,
            ...waitingFields(LISTED_WAITING_MAX),
            lastError: LAST_ERROR.nullable(),
          })
          .meta({ id: "UnwellEndpointOut" }),
      )
      .describe("Those that fail now, or are disabled: the newest first"),
    hasMoreEndpoints: z.boolean(),
    lastDay: z
      .object({
        since: z.iso.datetime().describe("When the first of 24 hours begins"),
        until: z.iso.datetime().describe("When the last one ends, which is not over"),
        messages: COUNT,
        success: COUNT.describe("Attempts"),
        failure: COUNT.describe("Attempts"),
        isExact: z.boolean().describe("false: there were so many that not all were counted"),
        messageCount: COUNTS.describe("One number for each hour, oldest first"),
        successCount: COUNTS,
        failureCount: COUNTS,
      })
      .meta({ id: "LastDayOut" }),
  })
  .meta({ id: "OverviewOut" });

const QUERY = z.object({
  limit: queryNumber(z.int().min(1).max(ENDPOINTS_MAX))
    .default(ENDPOINTS_DEFAULT)
    .describe("How many endpoints are named at most"),
});

export function overviewRoutes(deps: Deps): readonly Route[] {
  return [getOverview(deps)];
}

function getOverview(deps: Deps): Route {
  return route({
    method: "get",
    path: "/stats/overview",
    operationId: "v1.statistics.overview",
    summary:
      "Get how the organization's customers fare: endpoints that fail, and the last 24 hours",
    access: "organization",
    query: QUERY,
    answers: { 200: OVERVIEW_OUT },
    async handle({ principal: { organizationId }, query }) {
      const page = await deps.overview.unwellEndpoints(organizationId, query.limit);
      const endpoints = await unwellOut(deps, page.rows);
      const lastDay = await lastDayOf(deps, organizationId);
      return { status: 200, body: { endpoints, hasMoreEndpoints: page.hasMore, lastDay } };
    },
  });
}

async function unwellOut({ deliveries, statistics }: Deps, rows: readonly UnwellEndpoint[]) {
  const ids = rows.map(({ endpoint }) => endpoint.id);
  const waiting = await deliveries.waiting(ids, LISTED_WAITING_MAX + 1);
  const found = [];
  for (const row of rows) {
    const last = await statistics.lastFailure(row.endpoint.id);
    found.push({
      ...endpointOut(row),
      ...waitingOut(waiting.get(row.endpoint.id), LISTED_WAITING_MAX),
      lastError: last === undefined ? null : lastErrorOut(last),
    });
  }
  return found;
}

function endpointOut({ endpoint, application }: UnwellEndpoint) {
  return {
    applicationId: application.id,
    applicationUid: application.uid,
    applicationName: application.name,
    endpointId: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    disabled: endpoint.disabled,
    ...healthOut(endpoint.health),
  };
}

async function lastDayOf({ overview }: Deps, organizationId: string) {
  const nowMs = Date.now();
  const startDate = new Date(nowMs - DAY_MS + 3_600_000).toISOString();
  const range = seriesRange({ period: "OneHour", startDate, endDate: undefined }, nowMs);
  const { spans, isExact } = await overview.countRecent(organizationId, periodsOf(range));
  const sum = (of: (one: (typeof spans)[number]) => number) =>
    spans.reduce((total, one) => total + of(one), 0);
  return {
    since: new Date(range.fromMs).toISOString(),
    until: new Date(range.untilMs).toISOString(),
    messages: sum(({ messages }) => messages),
    success: sum(({ succeeded }) => succeeded),
    failure: sum(({ failed }) => failed),
    isExact,
    messageCount: spans.map(({ messages }) => messages),
    successCount: spans.map(({ succeeded }) => succeeded),
    failureCount: spans.map(({ failed }) => failed),
  };
}
