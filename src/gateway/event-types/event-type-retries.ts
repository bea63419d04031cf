import type { EventType } from "../../domain/records.ts";
import type { GatewayDeps } from "../deps.ts";
import { route, type Route } from "../route.ts";
import { changeEventType, findEventType } from "./find-event-type.ts";
import {
  RETRY_SCHEDULE_IN_OUT,
  retryScheduleIn,
  retryScheduleOut,
} from "./retry-schedule-schemas.ts";

type Deps = Pick<GatewayDeps, "eventTypes">;

const PATH = "/event-type/{event_type_name}/retry-schedule";

/** How an event type's messages are retried, apart from what its customers see of it. */
export function eventTypeRetryRoutes(deps: Deps): readonly Route[] {
  return [getRetrySchedule(deps), setRetrySchedule(deps)];
}

function getRetrySchedule(deps: Deps): Route {
  return route({
    method: "get",
    path: PATH,
    operationId: "v1.event-type.get-retry-schedule",
    summary: "Get an event type's retry schedule",
    access: "organization",
    answers: { 200: RETRY_SCHEDULE_IN_OUT },
    async handle(call) {
      const { retrySchedule } = await findEventType(deps, call);
      return { status: 200, body: retryScheduleOut(retrySchedule) };
    },
  });
}

function setRetrySchedule(deps: Deps): Route {
  return route({
    method: "put",
    path: PATH,
    operationId: "v1.event-type.set-retry-schedule",
    summary: "Set an event type's retry schedule",
    access: "organization",
    body: RETRY_SCHEDULE_IN_OUT,
    example: {
      retrySchedule: [
        { secs: 5, nanos: 0 },
        { secs: 300, nanos: 0 },
      ],
    },
    answers: { 200: RETRY_SCHEDULE_IN_OUT },
    async handle(call) {
      const retrySchedule = retryScheduleIn(call.body);
      const updatedAtMs = Date.now();
      const change = (found: EventType) => ({ ...found, retrySchedule, updatedAtMs });
      const changed = await changeEventType(deps, call, change);
      return { status: 200, body: retryScheduleOut(changed.retrySchedule) };
    },
  });
}
