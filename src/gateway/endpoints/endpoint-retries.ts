import type { GatewayDeps } from "../deps.ts";
import { findEndpoint } from "../applications/find-application.ts";
import { setRetrySchedule } from "../event-types/retry-schedule-routes.ts";
import {
  durationsOut,
  ENDPOINT_RETRY_SCHEDULE_OUT,
  retryScheduleOut,
  SCHEDULED_EVENT_TYPES_MAX,
} from "../event-types/retry-schedule-schemas.ts";
import { route, type Route } from "../route.ts";

type Deps = Pick<
  GatewayDeps,
  "applications" | "endpoints" | "endpointSchedules" | "eventTypes" | "retrySchedule"
>;

const PATH = "/app/{app_id}/endpoint/{endpoint_id}";

/** It goes before those of event types. */
export function endpointRetryRoutes(deps: Deps): readonly Route[] {
  const { endpointSchedules } = deps;
  const setSchedule = setRetrySchedule({
    path: PATH,
    noun: "endpoint",
    whose: "an endpoint's messages",
    access: { access: "application", capability: "ManageEndpoint" },
    async set(call, schedule) {
      const { id } = await findEndpoint(deps, call);
      await endpointSchedules.change(id, schedule, Date.now());
      return schedule;
    },
  });
  return [getSchedule(deps), setSchedule];
}

function getSchedule(deps: Deps): Route {
  const { endpointSchedules, eventTypes, retrySchedule } = deps;
  return route({
    method: "get",
    path: `${PATH}/retry-schedule`,
    operationId: "v1.endpoint.get-retry-schedule",
    summary: "Get the schedule by which an endpoint's messages are retried, and the usual one",
    access: "application",
    inTestMode: true,
    answers: { 200: ENDPOINT_RETRY_SCHEDULE_OUT },
    async handle(call) {
      const endpoint = await findEndpoint(deps, call);
      const own = await endpointSchedules.find(endpoint.id);
      const { organizationId, featureFlags } = call.principal;
      const asked = {
        names: endpoint.eventTypes,
        featureFlags,
        rowsMax: SCHEDULED_EVENT_TYPES_MAX,
      };
      const scheduled = await eventTypes.scheduled(organizationId, asked);
      const byEventType = scheduled.map(({ name, retrySchedule: schedule }) => ({
        eventType: name,
        retrySchedule: durationsOut(schedule),
      }));
      const usual = { retrySchedule: durationsOut(retrySchedule), byEventType };
      return { status: 200, body: { ...retryScheduleOut(own), usual } };
    },
  });
}
