import { z } from "zod";
import { findEndpoint } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { route, type Route } from "../route.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "throttling">;

const THROTTLING_STATUS_OUT = z
  .object({
    status: z
      .enum(["Ok", "RateLimited"])
      .meta({ id: "EndpointRateLimitStatus" })
      .describe(
        "RateLimited while an attempt waits for its time: by the endpoint's throttleRate, or by " +
          "its application's",
      ),
    throttledSince: z.iso
      .datetime()
      .nullable()
      .describe("Since when there has always been one that waits; null: none does"),
  })
  .meta({ id: "EndpointThrottleRateStatusOut" });

export function throttlingStatusRoutes(deps: Deps): readonly Route[] {
  return [getThrottlingStatus(deps)];
}

function getThrottlingStatus(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/endpoint/{endpoint_id}/rate-limit-status",
    operationId: "v1.endpoint.get-throttling-status",
    summary: "Get whether an endpoint's messages wait because of its throttleRate",
    access: "application",
    answers: { 200: THROTTLING_STATUS_OUT },
    async handle(call) {
      const endpoint = await findEndpoint(deps, call);
      const sinceMs = await deps.throttling.since(endpoint.id, Date.now());
      if (sinceMs === null) return { status: 200, body: { status: "Ok", throttledSince: null } };
      const throttledSince = new Date(sinceMs).toISOString();
      return { status: 200, body: { status: "RateLimited", throttledSince } };
    },
  });
}
