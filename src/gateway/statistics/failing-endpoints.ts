import { z } from "zod";
import type { Attempt, Endpoint } from "../../domain/records.ts";
import type { AttemptCounts } from "../../store/catalogue-statistics.ts";
import { findApplication } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { queryNumber } from "../input/query-number.ts";
import { route, type Route } from "../route.ts";
import { OUTCOMES, outcomes } from "./endpoint-series.ts";
import { RANGE_REFUSALS, STATS_QUERY, statsRange } from "./stats-range.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "statistics">;

const TOP_DEFAULT = 5;
const TOP_MAX = 20;
/** Each page of endpoints is one statement for each hour at most. */
const PAGE_ENDPOINTS = 250;
const PAGES_MAX = 4;
const RESPONSE_CHARACTERS_MAX = 500;

export const LAST_ERROR = z
  .object({
    attemptId: z.string(),
    messageId: z.string(),
    timestamp: z.iso.datetime(),
    responseStatusCode: z.int().describe("0 if there was no response"),
    response: z.string().describe("How it begins; if there was none, why"),
  })
  .meta({ id: "LastErrorOut" });

const FAILING_ENDPOINTS_OUT = z
  .object({
    data: z.array(
      z
        .object({
          endpointId: z.string(),
          url: z.string(),
          description: z.string(),
          disabled: z.boolean(),
          failingSince: z.iso.datetime().nullable().describe("null: its last attempt succeeded"),
          ...OUTCOMES,
          lastError: LAST_ERROR.nullable(),
        })
        .meta({ id: "FailingEndpointOut" }),
    ),
    isComplete: z
      .boolean()
      .describe(`false: only the newest ${PAGES_MAX * PAGE_ENDPOINTS} endpoints were looked at`),
    since: z.iso.datetime(),
    until: z.iso.datetime().describe("Not counted itself"),
  })
  .meta({ id: "FailingEndpointsOut" });

const QUERY = STATS_QUERY.extend({
  limit: queryNumber(z.int().min(1).max(TOP_MAX))
    .default(TOP_DEFAULT)
    .describe("How many endpoints are named at most"),
});

export function failingEndpointRoutes(deps: Deps): readonly Route[] {
  return [listFailingEndpoints(deps)];
}

type Failing = { readonly endpoint: Endpoint; readonly counts: readonly AttemptCounts[] };

function listFailingEndpoints(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/stats/failing-endpoints",
    operationId: "v1.application.stats.failing-endpoints",
    summary: "List the endpoints of an application at which most attempts failed",
    access: "application",
    query: QUERY,
    answers: { 200: FAILING_ENDPOINTS_OUT },
    refusals: RANGE_REFUSALS,
    async handle(call) {
      const { sinceMs, untilMs } = statsRange(call.query, Date.now());
      const { id } = await findApplication(deps, call);
      const { failing, isComplete } = await findFailing(deps, id, { sinceMs, untilMs });
      const data = [];
      for (const one of failing.slice(0, call.query.limit)) {
        data.push(failingOut(one, await deps.statistics.lastFailure(one.endpoint.id)));
      }
      const since = new Date(sinceMs).toISOString();
      const until = new Date(untilMs).toISOString();
      return { status: 200, body: { data, isComplete, since, until } };
    },
  });
}

/** Those with most failures first. */
async function findFailing(
  { endpoints, statistics }: Deps,
  applicationId: string,
  { sinceMs, untilMs }: { readonly sinceMs: number; readonly untilMs: number },
): Promise<{ readonly failing: readonly Failing[]; readonly isComplete: boolean }> {
  const failing: Failing[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const { rows, hasMore } = await endpoints.list(applicationId, {
      limit: PAGE_ENDPOINTS,
      order: "descending",
      ...(after === undefined ? {} : { after }),
    });
    const ids = rows.map(({ id }) => id);
    const counts = await statistics.byEndpoint(ids, [{ fromMs: sinceMs, untilMs }]);
    for (const endpoint of rows) {
      const own = counts.get(endpoint.id) ?? [];
      if (outcomes(own).failure > 0) failing.push({ endpoint, counts: own });
    }
    if (!hasMore) return { failing: sorted(failing), isComplete: true };
    after = ids.at(-1);
  }
  return { failing: sorted(failing), isComplete: false };
}

function sorted(failing: readonly Failing[]): readonly Failing[] {
  return failing.toSorted((a, b) => outcomes(b.counts).failure - outcomes(a.counts).failure);
}

function failingOut({ endpoint, counts }: Failing, last: Attempt | undefined) {
  const { failingSinceMs } = endpoint.health;
  return {
    endpointId: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    disabled: endpoint.disabled,
    failingSince: failingSinceMs === null ? null : new Date(failingSinceMs).toISOString(),
    ...outcomes(counts),
    lastError: last === undefined ? null : lastErrorOut(last),
  };
}

export function lastErrorOut(attempt: Attempt): z.output<typeof LAST_ERROR> {
  const { response, reason } = attempt;
  const text = response === "" && reason !== null ? reason : response;
  return {
    attemptId: attempt.id,
    messageId: attempt.messageId,
    timestamp: new Date(attempt.endedAtMs).toISOString(),
    responseStatusCode: attempt.statusCode,
    response: text.slice(0, RESPONSE_CHARACTERS_MAX).toWellFormed(),
  };
}
