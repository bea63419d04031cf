import { z } from "zod";
import { EVENT_TYPE_IN, EVENT_TYPE_OUT } from "../event-types/event-type-schemas.ts";
import { RETRY_SCHEDULE_IN_OUT } from "../event-types/retry-schedule-schemas.ts";
import { CONNECTOR_IN, CONNECTOR_OUT } from "./connector-schemas.ts";
import { SETTINGS_IN } from "./environment-settings-schemas.ts";

const EVENT_TYPES_MAX = 5_000;
const { retrySchedule } = RETRY_SCHEDULE_IN_OUT.shape;

export const ENVIRONMENT_EVENT_TYPE_IN = EVENT_TYPE_IN.extend({ retrySchedule }).meta({
  id: "EnvironmentEventTypeIn",
});

export const ENVIRONMENT_IN = z
  .object({
    eventTypes: z
      .array(ENVIRONMENT_EVENT_TYPE_IN)
      .max(EVENT_TYPES_MAX)
      .refine(namesEachOnce, { error: "Input should name each event type once" })
      .nullish()
      .describe("Are created, or replaced; others stay as they are"),
    settings: SETTINGS_IN.nullish().describe("Are kept; others stay as they are"),
    connectors: z
      .array(CONNECTOR_IN)
      .max(0, { error: "There are no connectors here: Input should be an empty list" })
      .nullish()
      .describe("There are none here: only an empty list is taken"),
  })
  .meta({ id: "EnvironmentIn" });

export const ENVIRONMENT_OUT = z
  .object({
    version: z.int(),
    createdAt: z.iso.datetime().describe("When this was exported"),
    eventTypes: z.array(
      EVENT_TYPE_OUT.extend({ retrySchedule }).meta({ id: "EnvironmentEventTypeOut" }),
    ),
    settings: z.record(z.string(), z.unknown()).nullable(),
    connectors: z.array(CONNECTOR_OUT).describe("There are none here"),
  })
  .meta({ id: "EnvironmentOut" });

function namesEachOnce(eventTypes: readonly { readonly name: string }[]): boolean {
  return new Set(eventTypes.map(({ name }) => name)).size === eventTypes.length;
}
