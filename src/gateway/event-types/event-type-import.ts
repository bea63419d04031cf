import type { EventType } from "../../domain/records.ts";
import type { GatewayDeps } from "../deps.ts";
import { route, type Route } from "../route.ts";
import { allEventTypes, TOO_MANY_EVENT_TYPES } from "./all-event-types.ts";
import { EVENT_TYPE_IMPORT_IN, EVENT_TYPE_IMPORT_OUT } from "./event-type-import-schemas.ts";
import { newEventType, replacedEventType } from "./event-type-record.ts";
import { readSpecification } from "./read-specification.ts";
import { describedEventTypes, type DescribedEventType } from "./webhooks-section.ts";

type Deps = Pick<GatewayDeps, "environments" | "eventTypes">;

const EXAMPLE = {
  spec: {
    openapi: "3.1.0",
    webhooks: {
      "invoice.paid": {
        post: {
          description: "An invoice was paid in full",
          requestBody: { content: { "application/json": { schema: { type: "object" } } } },
        },
      },
    },
  },
  dryRun: true,
};

export function eventTypeImportRoutes({ environments, eventTypes }: Deps): readonly Route[] {
  return [
    route({
      method: "post",
      path: "/event-type/import/openapi",
      operationId: "v1.event-type.import-openapi",
      summary: "Create and replace event types as an OpenAPI document describes them",
      access: "organization",
      body: EVENT_TYPE_IMPORT_IN,
      example: EXAMPLE,
      answers: { 200: EVENT_TYPE_IMPORT_OUT },
      conflict: TOO_MANY_EVENT_TYPES,
      refusals: { 400: "There is neither spec nor specRaw, or there are both" },
      async handle({ principal: { organizationId }, body }) {
        const described = describedEventTypes(readSpecification(body));
        const found = await allEventTypes(eventTypes, organizationId);
        const names = new Set(described.map(({ name }) => name));
        const archived = body.replaceAll === true ? liveOthers(found, names) : [];
        const rows = importedRows(organizationId, described, found);
        if (body.dryRun === true) {
          const data = { modified: [], to_modify: rows.map(fromOpenApi), archived };
          return { status: 200, body: { data } };
        }
        const imported = { eventTypes: rows, archived, settings: null };
        await environments.import(organizationId, imported, Date.now());
        return { status: 200, body: { data: { modified: [...names], to_modify: null, archived } } };
      },
    }),
  ];
}

function liveOthers(found: readonly EventType[], names: ReadonlySet<string>): string[] {
  const others = found.filter(({ archived, name }) => !archived && !names.has(name));
  return others.map(({ name }) => name);
}

/** A document seldom says who may see an event type: where it does not, that stays as it was. */
function importedRows(
  organizationId: string,
  described: readonly DescribedEventType[],
  found: readonly EventType[],
): readonly EventType[] {
  const before = new Map(found.map((eventType) => [eventType.name, eventType]));
  return described.map((body) => {
    const existing = before.get(body.name);
    if (existing === undefined) return newEventType(organizationId, body.name, body);
    const replaced = replacedEventType(existing, body);
    const saysFlags = body.featureFlags !== undefined || body.featureFlag !== undefined;
    return saysFlags ? replaced : { ...replaced, featureFlags: existing.featureFlags };
  });
}

function fromOpenApi(eventType: EventType) {
  const { name, description, deprecated, groupName, featureFlags, schemas } = eventType;
  return { name, description, deprecated, groupName, featureFlags, schemas };
}
