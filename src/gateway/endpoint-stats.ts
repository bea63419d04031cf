import { z } from "zod";
import { lowestIdAt } from "../domain/ids.ts";
import type { TimeRange } from "../store/catalogue.ts";
import type { GatewayDeps } from "./deps.ts";
import { findEndpoint } from "./find-application.ts";
import { TIME } from "./history-query.ts";
import { problem } from "./problem.ts";
import { route, type Route } from "./route.ts";

const WINDOW_DAYS = 28;
const WINDOW_MS = WINDOW_DAYS * 86_400_000;
/** Whoever asks for the whole window reckoned its beginning a while ago. */
const WINDOW_GRACE_MS = 5 * 60_000;

const STATS_QUERY = z.object({
  since: TIME.optional().describe(`At most ${WINDOW_DAYS} days before until, which is the default`),
  until: TIME.optional().describe("Not in the future; now by default"),
});

const COUNT = z.int().min(0);
const NONE = COUNT.describe("0: what is counted are attempts, and those that are kept have ended");

const ENDPOINT_STATS = z
  .object({
    success: COUNT.describe("Attempts that were answered with 2xx"),
    fail: COUNT.describe("Attempts that were answered otherwise, or not at all"),
    pending: NONE,
    sending: NONE,
    canceled: NONE,
  })
  .meta({ id: "EndpointStats" });

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "attempts">;

export function endpointStatsRoutes(deps: Deps): readonly Route[] {
  return [getStats(deps)];
}

function getStats(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/endpoint/{endpoint_id}/stats",
    operationId: "v1.endpoint.get-stats",
    summary: "Count the attempts at an endpoint, by what came of them",
    access: "application",
    query: STATS_QUERY,
    answers: { 200: ENDPOINT_STATS },
    async handle(call) {
      const range = rangeOf(call.query, Date.now());
      const { id } = await findEndpoint(deps, call);
      const { succeeded: success, failed: fail } = await deps.attempts.count(id, range);
      return { status: 200, body: { success, fail, pending: 0, sending: 0, canceled: 0 } };
    },
  });
}

/** Throws a ProblemError (400) if the range is not within the window. */
function rangeOf({ since, until }: z.output<typeof STATS_QUERY>, nowMs: number): TimeRange {
  const untilMs = until === undefined ? nowMs : Date.parse(until);
  const sinceMs = since === undefined ? untilMs - WINDOW_MS : Date.parse(since);
  if (untilMs > nowMs) throw invalidRange("until is in the future");
  if (sinceMs > untilMs) throw invalidRange("since is after until");
  if (untilMs - sinceMs > WINDOW_MS + WINDOW_GRACE_MS) {
    throw invalidRange(`since is more than ${WINDOW_DAYS} days before until`);
  }
  const idFrom = lowestIdAt("atmpt", sinceMs);
  // An id tells the time to 4 ms: "now" would leave out what came in the last few.
  return until === undefined ? { idFrom } : { idFrom, idBelow: lowestIdAt("atmpt", untilMs) };
}

function invalidRange(what: string): Error {
  return problem(400, "invalid_range", `The range cannot be counted: ${what}`);
}
