import type { RetrySchedule } from "../../domain/retry-schedule.ts";
import {
  RETRY_SCHEDULE_IN_OUT,
  retryScheduleIn,
  retryScheduleOut,
} from "./retry-schedule-schemas.ts";
import { route, type Call, type Route } from "../route.ts";

type AnyCall = Pick<Call<unknown, unknown>, "principal" | "params">;

export type ScheduleOf = {
  /** The noun's own path. */
  readonly path: string;
  /** What operation ids begin with. */
  readonly noun: string;
  /** "an event type's messages" */
  readonly whose: string;
  readonly access: Pick<Route, "access" | "capability">;
  /** Of the noun that the path names; null is what holds otherwise. Throw a ProblemError (404). */
  readonly get: (call: AnyCall) => Promise<RetrySchedule | null>;
  readonly set: (call: AnyCall, schedule: RetrySchedule | null) => Promise<RetrySchedule | null>;
};

/** How a noun's messages are retried, apart from what else people see of it. */
export function retryScheduleRoutes(of: ScheduleOf): readonly Route[] {
  return [getRetrySchedule(of), setRetrySchedule(of)];
}

function getRetrySchedule({ path, noun, whose, access, get }: ScheduleOf): Route {
  return route({
    method: "get",
    path: `${path}/retry-schedule`,
    operationId: `v1.${noun}.get-retry-schedule`,
    summary: `Get the schedule by which ${whose} are retried`,
    access: access.access,
    inTestMode: true,
    answers: { 200: RETRY_SCHEDULE_IN_OUT },
    handle: async (call) => ({ status: 200, body: retryScheduleOut(await get(call)) }),
  });
}

export function setRetrySchedule(of: Omit<ScheduleOf, "get">): Route {
  const { path, noun, whose, access, set } = of;
  return route({
    method: "put",
    path: `${path}/retry-schedule`,
    operationId: `v1.${noun}.set-retry-schedule`,
    summary: `Set the schedule by which ${whose} are retried`,
    ...access,
    body: RETRY_SCHEDULE_IN_OUT,
    example: {
      retrySchedule: [
        { secs: 5, nanos: 0 },
        { secs: 300, nanos: 0 },
      ],
    },
    answers: { 200: RETRY_SCHEDULE_IN_OUT },
    async handle(call) {
      const schedule = await set(call, retryScheduleIn(call.body));
      return { status: 200, body: retryScheduleOut(schedule) };
    },
  });
}
