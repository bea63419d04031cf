import type { z } from "zod";
import type { EventType } from "../../domain/records.ts";
import type { WriteResult } from "../../store/catalogue.ts";
import { newId } from "../../store/new-id.ts";
import { conflict } from "../http/problem.ts";
import { given } from "../input/fields.ts";
import type { EVENT_TYPE_OUT, EVENT_TYPE_PATCH, EVENT_TYPE_UPDATE } from "./event-type-schemas.ts";

type EventTypeUpdate = z.output<typeof EVENT_TYPE_UPDATE>;

export function newEventType(
  organizationId: string,
  name: string,
  body: EventTypeUpdate,
): EventType {
  const nowMs = Date.now();
  const id = newId("evtype", nowMs);
  const times = { createdAtMs: nowMs, updatedAtMs: nowMs };
  return { id, organizationId, name, ...content(body), retrySchedule: null, ...times };
}

export function replacedEventType(found: EventType, body: EventTypeUpdate): EventType {
  return { ...found, ...content(body), updatedAtMs: Date.now() };
}

export function patchedEventType(
  found: EventType,
  body: z.output<typeof EVENT_TYPE_PATCH>,
): EventType {
  return {
    ...found,
    description: body.description ?? found.description,
    archived: body.archived ?? found.archived,
    deprecated: body.deprecated ?? found.deprecated,
    schemas: given(body.schemas, found.schemas),
    featureFlags: given(featureFlagsIn(body), found.featureFlags),
    groupName: given(body.groupName, found.groupName),
    updatedAtMs: Date.now(),
  };
}

/** Throws a ProblemError (409) if a live one has the name. */
export function createdEventType(result: WriteResult<EventType>): EventType {
  if (result.kind === "written") return result.row;
  throw conflict("An event type with this name already exists", "event_type_exists");
}

export function eventTypeOut(
  eventType: EventType,
  withSchemas = true,
): z.output<typeof EVENT_TYPE_OUT> {
  return {
    name: eventType.name,
    description: eventType.description,
    archived: eventType.archived,
    deprecated: eventType.deprecated,
    schemas: withSchemas ? eventType.schemas : null,
    featureFlag: eventType.featureFlags?.[0] ?? null,
    featureFlags: eventType.featureFlags,
    groupName: eventType.groupName,
    createdAt: new Date(eventType.createdAtMs).toISOString(),
    updatedAt: new Date(eventType.updatedAtMs).toISOString(),
  };
}

function content(body: EventTypeUpdate) {
  return {
    description: body.description,
    archived: body.archived ?? false,
    deprecated: body.deprecated ?? false,
    schemas: body.schemas ?? null,
    featureFlags: featureFlagsIn(body) ?? null,
    groupName: body.groupName ?? null,
  };
}

/** undefined if the body names none, null for all tokens. */
function featureFlagsIn({
  featureFlag,
  featureFlags,
}: Pick<EventTypeUpdate, "featureFlag" | "featureFlags">): readonly string[] | null | undefined {
  if (featureFlags !== undefined) return featureFlags;
  return typeof featureFlag === "string" ? [featureFlag] : featureFlag;
}
