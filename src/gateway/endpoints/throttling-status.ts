import { z } from "zod";
import { findEndpoint } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { route, type Route } from "../route.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints">;

const THROTTLING_STATUS_OUT = z
  .object({
    status: z.enum(["Ok", "RateLimited"]).meta({ id: "EndpointRateLimitStatus" }),
    throttledSince: z.iso.datetime().nullable().describe("null: it is not"),
  })
  .meta({
    id: "EndpointThrottleRateStatusOut",
    description: "Always Ok so far: throttleRate is kept and shown, but nothing is held to it",
  });

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
      await findEndpoint(deps, call);
      return { status: 200, body: { status: "Ok", throttledSince: null } };
    },
  });
}
