import type { GatewayDeps } from "../deps.ts";
import { findEndpoint } from "../applications/find-application.ts";
import { retryScheduleRoutes } from "../event-types/retry-schedule-routes.ts";
import type { Route } from "../route.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "endpointSchedules">;

/** It goes before those of event types. */
export function endpointRetryRoutes(deps: Deps): readonly Route[] {
  const { endpointSchedules } = deps;
  return retryScheduleRoutes({
    path: "/app/{app_id}/endpoint/{endpoint_id}",
    noun: "endpoint",
    whose: "an endpoint's messages",
    access: { access: "application", capability: "ManageEndpoint" },
    get: async (call) => endpointSchedules.find((await findEndpoint(deps, call)).id),
    async set(call, schedule) {
      const { id } = await findEndpoint(deps, call);
      await endpointSchedules.change(id, schedule, Date.now());
      return schedule;
    },
  });
}
