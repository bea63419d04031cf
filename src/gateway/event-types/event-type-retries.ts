import type { EventType } from "../../domain/records.ts";
import type { GatewayDeps } from "../deps.ts";
import type { Route } from "../route.ts";
import { changeEventType, findEventType } from "./find-event-type.ts";
import { retryScheduleRoutes } from "./retry-schedule-routes.ts";

type Deps = Pick<GatewayDeps, "eventTypes">;

/** What an endpoint has of its own goes before it. */
export function eventTypeRetryRoutes(deps: Deps): readonly Route[] {
  return retryScheduleRoutes({
    path: "/event-type/{event_type_name}",
    noun: "event-type",
    whose: "an event type's messages",
    access: { access: "organization" },
    get: async (call) => (await findEventType(deps, call)).retrySchedule,
    async set(call, retrySchedule) {
      const updatedAtMs = Date.now();
      const change = (found: EventType) => ({ ...found, retrySchedule, updatedAtMs });
      return (await changeEventType(deps, call, change)).retrySchedule;
    },
  });
}
