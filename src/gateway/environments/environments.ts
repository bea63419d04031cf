import type { z } from "zod";
import type { EventType } from "../../domain/records.ts";
import type { Settings } from "../../store/catalogue-environments.ts";
import type { GatewayDeps } from "../deps.ts";
import { allEventTypes, TOO_MANY_EVENT_TYPES } from "../event-types/all-event-types.ts";
import { eventTypeOut, newEventType, replacedEventType } from "../event-types/event-type-record.ts";
import { retryScheduleIn, retryScheduleOut } from "../event-types/retry-schedule-schemas.ts";
import { invalidField } from "../http/problem.ts";
import { route, type Route } from "../route.ts";
import {
  type ENVIRONMENT_EVENT_TYPE_IN,
  ENVIRONMENT_IN,
  ENVIRONMENT_OUT,
} from "./environment-schemas.ts";
import {
  fitsSettings,
  SETTINGS_OUT,
  SETTINGS_TEXT,
  settingsOut,
} from "./environment-settings-schemas.ts";

type Deps = Pick<GatewayDeps, "environments" | "eventTypes">;

const VERSION = 1;

export function environmentRoutes(deps: Deps): readonly Route[] {
  return [getSettings(deps), exportEnvironment(deps), importEnvironment(deps)];
}

function getSettings({ environments }: Deps): Route {
  return route({
    method: "get",
    path: "/environment/settings",
    operationId: "v1.environment.get-settings",
    summary: "Get the settings that the organization has imported, and defaults for the rest",
    access: "organization",
    answers: { 200: SETTINGS_OUT },
    reserved: [400],
    async handle({ principal: { organizationId } }) {
      return { status: 200, body: settingsOut(await environments.settings(organizationId)) };
    },
  });
}

function exportEnvironment({ environments, eventTypes }: Deps): Route {
  return route({
    method: "post",
    path: "/environment/export",
    operationId: "v1.environment.export",
    summary: "Export the organization's event types and settings",
    access: "organization",
    scope: "read",
    answers: { 200: ENVIRONMENT_OUT },
    conflict: TOO_MANY_EVENT_TYPES,
    // It only reads.
    idempotency: "own",
    async handle({ principal: { organizationId } }) {
      const found = await allEventTypes(eventTypes, organizationId);
      const body = {
        version: VERSION,
        createdAt: new Date().toISOString(),
        eventTypes: found.map((eventType) => ({
          ...eventTypeOut(eventType),
          ...retryScheduleOut(eventType.retrySchedule),
        })),
        settings: await environments.settings(organizationId),
        connectors: [],
      };
      return { status: 200, body };
    },
  });
}

function importEnvironment({ environments, eventTypes }: Deps): Route {
  return route({
    method: "post",
    path: "/environment/import",
    operationId: "v1.environment.import",
    summary: "Import event types and settings, as they were exported: all or nothing",
    access: "organization",
    body: ENVIRONMENT_IN,
    example: { eventTypes: [{ name: "invoice.paid", description: "An invoice was paid in full" }] },
    answers: { 204: null },
    conflict: TOO_MANY_EVENT_TYPES,
    async handle({ principal: { organizationId }, body }) {
      const found = await allEventTypes(eventTypes, organizationId);
      const before = new Map(found.map((eventType) => [eventType.name, eventType]));
      const rows = (body.eventTypes ?? []).map((one) =>
        importedRow(organizationId, one, before.get(one.name)),
      );
      const given = body.settings ?? null;
      const settings = given && ((kept: Settings | null) => mergedSettings(kept, given));
      const imported = { eventTypes: rows, archived: [], settings };
      await environments.import(organizationId, imported, Date.now());
      return { status: 204 };
    },
  });
}

function mergedSettings(kept: Settings | null, given: Settings): Settings {
  const merged = { ...kept, ...given };
  if (fitsSettings(merged)) return merged;
  throw invalidField(["body", "settings"], `${SETTINGS_TEXT}, with those that are kept`);
}

function importedRow(
  organizationId: string,
  body: z.output<typeof ENVIRONMENT_EVENT_TYPE_IN>,
  before: EventType | undefined,
): EventType {
  const row =
    before === undefined
      ? newEventType(organizationId, body.name, body)
      : replacedEventType(before, body);
  return body.retrySchedule === undefined ? row : { ...row, retrySchedule: retryScheduleIn(body) };
}
