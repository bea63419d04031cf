import { z } from "zod";
import { lowestIdAt } from "../../domain/ids.ts";
import type { TimeRange } from "../../store/catalogue.ts";
import { findEndpoint } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { route, type Route } from "../route.ts";
import { RANGE_REFUSALS, STATS_QUERY, statsRange } from "./stats-range.ts";
import { waitingFields, waitingOut } from "./waiting.ts";

/** Of each kind; a read of so many is a millisecond or two. */
const WAITING_MAX = 1_000;

const COUNT = z.int().min(0);

const ENDPOINT_STATS = z
  .object({
    success: COUNT.describe("Attempts that were answered with 2xx"),
    fail: COUNT.describe("Attempts that were answered otherwise, or not at all"),
    ...waitingFields(WAITING_MAX),
    canceled: COUNT.describe("0: what is canceled is not attempted"),
  })
  .meta({ id: "EndpointStats" });

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "attempts" | "deliveries">;

export function endpointStatsRoutes(deps: Deps): readonly Route[] {
  return [getStats(deps)];
}

function getStats(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/endpoint/{endpoint_id}/stats",
    operationId: "v1.endpoint.get-stats",
    summary: "Count the attempts at an endpoint, by what came of them, and what waits there",
    access: "application",
    query: STATS_QUERY,
    answers: { 200: ENDPOINT_STATS },
    refusals: RANGE_REFUSALS,
    async handle(call) {
      const range = rangeOf(call.query, Date.now());
      const { id } = await findEndpoint(deps, call);
      const waiting = await deps.deliveries.waiting([id], WAITING_MAX + 1);
      const { succeeded: success, failed: fail } = await deps.attempts.count(id, range);
      const counts = { success, fail, ...waitingOut(waiting.get(id), WAITING_MAX), canceled: 0 };
      return { status: 200, body: counts };
    },
  });
}

function rangeOf(query: z.output<typeof STATS_QUERY>, nowMs: number): TimeRange {
  const { sinceMs, untilMs } = statsRange(query, nowMs);
  const idFrom = lowestIdAt("atmpt", sinceMs);
  // An id tells the time to 4 ms: "now" would leave out what came in the last few.
  return query.until === undefined ? { idFrom } : { idFrom, idBelow: lowestIdAt("atmpt", untilMs) };
}
