import type { EventType } from "../../domain/records.ts";
import type { GatewayDeps } from "../deps.ts";
import { invalidField } from "../http/problem.ts";
import { NAME } from "../input/fields.ts";
import { listAnswer } from "../input/listing.ts";
import { nameIterator, namePageQuery } from "../input/name-iterator.ts";
import { parameter, route, type Route } from "../route.ts";
import {
  createdEventType,
  eventTypeOut,
  newEventType,
  patchedEventType,
  replacedEventType,
} from "./event-type-record.ts";
import {
  EVENT_TYPE_DELETE_QUERY,
  EVENT_TYPE_IN,
  EVENT_TYPE_LIST_OUT,
  EVENT_TYPE_LIST_QUERY,
  EVENT_TYPE_OUT,
  EVENT_TYPE_PATCH,
  EVENT_TYPE_UPDATE,
} from "./event-type-schemas.ts";
import { changeEventType, findEventType } from "./find-event-type.ts";

type Deps = Pick<GatewayDeps, "eventTypes">;

const PATH = "/event-type/{event_type_name}";

export function eventTypeRoutes(deps: Deps): readonly Route[] {
  return [
    getEventType(deps),
    listEventTypes(deps),
    createEventType(deps),
    updateEventType(deps),
    patchEventType(deps),
    deleteEventType(deps),
  ];
}

function getEventType(deps: Deps): Route {
  return route({
    method: "get",
    path: PATH,
    operationId: "v1.event-type.get",
    summary: "Get an event type",
    access: "application",
    inTestMode: true,
    answers: { 200: EVENT_TYPE_OUT },
    handle: async (call) => ({ status: 200, body: eventTypeOut(await findEventType(deps, call)) }),
  });
}

function listEventTypes({ eventTypes }: Deps): Route {
  return route({
    method: "get",
    path: "/event-type",
    operationId: "v1.event-type.list",
    summary: "List the organization's event types, by name",
    access: "application",
    inTestMode: true,
    query: EVENT_TYPE_LIST_QUERY,
    answers: { 200: EVENT_TYPE_LIST_OUT },
    async handle({ principal, query }) {
      const { organizationId, featureFlags } = principal;
      const includeArchived = query.include_archived;
      const asked = { ...namePageQuery(query), includeArchived, featureFlags };
      const page = await eventTypes.list(organizationId, asked);
      return listAnswer(page, nameIterator, (eventType) =>
        eventTypeOut(eventType, query.with_content),
      );
    },
  });
}

function createEventType({ eventTypes }: Deps): Route {
  return route({
    method: "post",
    path: "/event-type",
    operationId: "v1.event-type.create",
    summary: "Create an event type, or bring back an archived one",
    access: "organization",
    body: EVENT_TYPE_IN,
    example: { name: "invoice.paid", description: "An invoice was paid in full" },
    answers: { 201: EVENT_TYPE_OUT },
    conflict: "An event type that is not archived has the name",
    async handle({ principal: { organizationId }, body }) {
      const result = await eventTypes.create(newEventType(organizationId, body.name, body));
      return { status: 201, body: eventTypeOut(createdEventType(result)) };
    },
  });
}

function updateEventType(deps: Deps): Route {
  return route({
    method: "put",
    path: PATH,
    operationId: "v1.event-type.update",
    summary: "Replace an event type, or create it",
    access: "organization",
    body: EVENT_TYPE_UPDATE,
    example: { description: "An invoice was paid in full" },
    answers: { 200: EVENT_TYPE_OUT, 201: EVENT_TYPE_OUT },
    conflict: "Another call has just created it",
    async handle(call) {
      const { organizationId } = call.principal;
      const name = parameter(call, "event_type_name");
      const replaced = await deps.eventTypes.change(organizationId, name, (found) =>
        replacedEventType(found, call.body),
      );
      if (replaced !== undefined) return { status: 200, body: eventTypeOut(replaced) };

      if (!NAME.safeParse(name).success) {
        throw invalidField(["path", "event_type_name"], "Input should be an event type's name");
      }
      const created = newEventType(organizationId, name, call.body);
      const result = await deps.eventTypes.create(created);
      return { status: 201, body: eventTypeOut(createdEventType(result)) };
    },
  });
}

function patchEventType(deps: Deps): Route {
  return route({
    method: "patch",
    path: PATH,
    operationId: "patch_event_type",
    summary: "Change some of an event type's fields",
    access: "organization",
    body: EVENT_TYPE_PATCH,
    example: { deprecated: true },
    answers: { 200: EVENT_TYPE_OUT },
    async handle(call) {
      const change = (found: EventType) => patchedEventType(found, call.body);
      return { status: 200, body: eventTypeOut(await changeEventType(deps, call, change)) };
    },
  });
}

function deleteEventType(deps: Deps): Route {
  return route({
    method: "delete",
    path: PATH,
    operationId: "v1.event-type.delete",
    summary: "Archive an event type, or remove it",
    access: "organization",
    query: EVENT_TYPE_DELETE_QUERY,
    answers: { 204: null },
    async handle(call) {
      if (call.query.expunge) {
        const { organizationId, name } = await findEventType(deps, call);
        await deps.eventTypes.remove(organizationId, name);
      } else {
        const change = (found: EventType) => ({
          ...found,
          archived: true,
          updatedAtMs: Date.now(),
        });
        await changeEventType(deps, call, change);
      }
      return { status: 204 };
    },
  });
}
