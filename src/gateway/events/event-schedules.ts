import { z } from "zod";
import type { TriggerSchedule } from "../../delivery/trigger-schedules.ts";
import {
  parseTriggerTimes,
  TRIGGER_SCHEDULE_LIFE_MS,
  TRIGGER_SCHEDULES_MAX,
} from "../../domain/trigger-times.ts";
import { findApplication } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { conflict, invalidField, notFound } from "../http/problem.ts";
import { NAME } from "../input/fields.ts";
import { exampleOf } from "../messages/message-example.ts";
import { parameter, route, type Route } from "../route.ts";
import {
  APPLICATION_QUERY,
  NO_APPLICATION,
  ofApplication,
  SIMPLE,
} from "../webhooks/of-application.ts";
import { refuseLive } from "./trigger.ts";

type Deps = Pick<GatewayDeps, "applications" | "eventTypes" | "triggerSchedules">;

const EVERY_LENGTH_MAX = 100;
const EVERY_TEXT =
  'Input should be a time from 10 seconds to 7 days such as "5 minutes", or cron\'s five fields, in UTC';
const AWAY = { 503: "Temporal does not answer: nothing was changed, or could be told" };
const FULL = `There are ${TRIGGER_SCHEDULES_MAX} schedules in the sandbox`;

const SCHEDULE_IN = z
  .object({
    event: NAME.describe("An event type that has an example"),
    every: z
      .string()
      .max(EVERY_LENGTH_MAX)
      .refine((text) => parseTriggerTimes(text) !== undefined, { error: EVERY_TEXT })
      .describe('How often: "30 seconds", "5 minutes", or cron\'s five fields, in UTC'),
  })
  .meta({ id: "EventScheduleIn" });

const SCHEDULE_OUT = z
  .object({
    id: z.string(),
    event: z.string(),
    every: z.string(),
    createdAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
    nextAt: z.iso.datetime().nullable().describe("null: it has ended"),
    timesTriggered: z.int(),
  })
  .meta({ id: "EventScheduleOut" });

const SCHEDULES_OUT = z.object({ data: z.array(SCHEDULE_OUT) }).meta({ id: "EventSchedulesOut" });

/** Of the sandbox: among live things there are none. */
export function eventScheduleRoutes(deps: Deps): readonly Route[] {
  return [createSchedule(deps), listSchedules(deps), deleteSchedule(deps)];
}

function createSchedule(deps: Deps): Route {
  return route({
    method: "post",
    path: "/event-schedules",
    operationId: "v1.event-schedule.create",
    summary: "Have an event type's example published in the sandbox again and again",
    ...SIMPLE,
    access: "application",
    capability: "CreateAttempts",
    scope: "publish",
    query: APPLICATION_QUERY,
    body: SCHEDULE_IN,
    example: { event: "invoice.paid", every: "5 minutes" },
    answers: { 201: SCHEDULE_OUT },
    conflict: FULL,
    refusals: {
      400: `The event type has no example. ${NO_APPLICATION[400]}`,
      403: "It is not a test key, or may not publish",
      404: "There is no such event type, or no such application",
      ...AWAY,
    },
    async handle(call) {
      refuseLive(call.principal);
      const { event: eventType, every } = call.body;
      const { id: applicationId } = await findApplication(deps, ofApplication(call));
      await exampleOf(deps, call.principal, eventType);
      const times = parseTriggerTimes(every);
      if (times === undefined) throw invalidField(["body", "every"], EVERY_TEXT);
      const { organizationId } = call.principal;
      const endsAtMs = Date.now() + TRIGGER_SCHEDULE_LIFE_MS;
      const asked = { organizationId, applicationId, eventType, every, times, endsAtMs };
      const made = await deps.triggerSchedules.create(asked);
      if (made === "invalid") throw invalidField(["body", "every"], EVERY_TEXT);
      if (made === "full") throw conflict(`${FULL}: delete one first`, "too_many_schedules");
      return { status: 201, body: scheduleOut(made) };
    },
  });
}

function listSchedules(deps: Deps): Route {
  return route({
    method: "get",
    path: "/event-schedules",
    operationId: "v1.event-schedule.list",
    summary: "List the sandbox's schedules",
    ...SIMPLE,
    access: "application",
    query: APPLICATION_QUERY,
    answers: { 200: SCHEDULES_OUT },
    refusals: { ...NO_APPLICATION, ...AWAY },
    async handle(call) {
      const { id } = await findApplication(deps, ofApplication(call));
      const isLive = call.principal.mode === "live";
      const schedules = isLive ? [] : await deps.triggerSchedules.list(id);
      return { status: 200, body: { data: schedules.map(scheduleOut) } };
    },
  });
}

function deleteSchedule(deps: Deps): Route {
  return route({
    method: "delete",
    path: "/event-schedules/{schedule_id}",
    operationId: "v1.event-schedule.delete",
    summary: "End one of the sandbox's schedules",
    ...SIMPLE,
    access: "application",
    capability: "CreateAttempts",
    scope: "publish",
    query: APPLICATION_QUERY,
    answers: { 204: null },
    refusals: { ...NO_APPLICATION, ...AWAY },
    async handle(call) {
      const { id } = await findApplication(deps, ofApplication(call));
      const isLive = call.principal.mode === "live";
      const schedule = parameter(call, "schedule_id");
      if (isLive || !(await deps.triggerSchedules.remove(id, schedule))) throw notFound();
      return { status: 204 };
    },
  });
}

function scheduleOut(schedule: TriggerSchedule): z.output<typeof SCHEDULE_OUT> {
  const { id, eventType: event, every, timesTriggered, nextAtMs } = schedule;
  return {
    id,
    event,
    every,
    createdAt: new Date(schedule.createdAtMs).toISOString(),
    endsAt: new Date(schedule.endsAtMs).toISOString(),
    nextAt: nextAtMs === null ? null : new Date(nextAtMs).toISOString(),
    timesTriggered,
  };
}
