import { scopeOf } from "../access/scope-of.ts";
import { worksInTestMode } from "../access/test-mode.ts";
import { servedPath, type Route } from "../route.ts";
import type { OpenApiDocument, Operation, Response, Tag } from "./openapi-document.ts";
import { parameters } from "./openapi-parameters.ts";
import { refusals } from "./openapi-refusals.ts";
import { collectSchemas, type SchemaCollection } from "./openapi-schemas.ts";

/** Of the API, which is not that of the software. */
const API_VERSION = "1.0.0";

const DESCRIPTION =
  "Send a message to an application, and Posthorn delivers it, signed, to each endpoint that " +
  "wants its event type, again and again until the endpoint answers with a 2xx status.";

/** In the order in which somebody reads about them. */
const TAGS: readonly Tag[] = [
  { name: "Message", description: "What happened, to be delivered to an application's endpoints" },
  { name: "Message Attempt", description: "One POST to an endpoint, and what came of it" },
  { name: "Endpoint", description: "A URL that messages are delivered to, with its secrets" },
  { name: "Application", description: "One customer of yours, with endpoints of its own" },
  {
    name: "Webhooks (simple)",
    description:
      "Endpoints and messages by other names, for who has a key of one application and wants no " +
      'more: deliveries are {"event", "data"}, signed in one header',
  },
  { name: "Event Type", description: "The kinds of messages that you send, for your customers" },
  {
    name: "Play",
    description: "Public request bins: what arrives is shown, and answered as you set",
  },
  { name: "Background Task", description: "Work that takes long, and how far it is" },
  { name: "Statistics", description: "What applications use, and what came of attempts over time" },
  {
    name: "Authentication",
    description: "Tokens that your customers use, and links to their portal",
  },
  { name: "Api Key", description: "What your programs call this API with, in place of a token" },
  {
    name: "Environment",
    description: "What the organization has besides its customers, as a whole",
  },
  { name: "Organization", description: "What the organization has chosen for itself" },
  {
    name: "Operational Webhook",
    description:
      "Endpoints of the organization itself, to be told of what happens to its customers' " +
      "endpoints: created, changed, disabled, enabled and deleted; messages that fail, are exhausted " +
      "or recover; background tasks that end",
  },
  { name: "Health", description: "Whether Posthorn is fit to serve" },
];

/** The OpenAPI document of exactly these routes. */
export function openApiDocument(routes: readonly Route[]): OpenApiDocument {
  const schemas = collectSchemas();
  const paths = pathsOf(routes, schemas);
  const used = new Set(routes.map(tagOf));
  return {
    openapi: "3.1.0",
    info: { title: "Posthorn API", version: API_VERSION, description: DESCRIPTION },
    servers: [{ url: "/" }],
    tags: TAGS.filter(({ name }) => used.has(name)),
    security: [{ HTTPBearer: [] }, { ApiKey: [] }],
    paths,
    components: {
      schemas: schemas.named(),
      securitySchemes: {
        HTTPBearer: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "A token of the organization, or of one application",
        },
        ApiKey: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "posthorn_live_… or posthorn_test_…",
          description:
            "A key of the organization, or of one application, sent as a token is. It has scopes: " +
            "read, publish and manage, which includes the other two; each operation says in " +
            "x-scope which one it needs. A posthorn_test_ key works in sandboxes: what it names " +
            "below an application is that application's sandbox",
        },
      },
    },
  };
}

function pathsOf(routes: readonly Route[], schemas: SchemaCollection): OpenApiDocument["paths"] {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const path = servedPath(route);
    paths[path] = { ...paths[path], [route.method]: operation(route, schemas) };
  }
  return paths;
}

function operation(route: Route, schemas: SchemaCollection): Operation {
  return {
    operationId: route.operationId,
    tags: [tagOf(route)],
    summary: route.summary,
    ...(route.access === "anyone" ? { security: [] } : guarded(route)),
    ...(route.isDeprecated ? { deprecated: true } : {}),
    parameters: parameters(route, schemas),
    ...requestBody(route, schemas),
    responses: { ...answers(route, schemas), ...refusals(route, schemas) },
  };
}

/** "v1.message-attempt.get" and "patch_event_type" are about "Message Attempt" and "Event Type". */
function tagOf({ operationId, group }: Route): string {
  if (group !== undefined) return group;
  const noun = /^(?:v1\.|patch_)([a-z_-]+)/.exec(operationId)?.[1] ?? operationId;
  // Clients have two names for one thing.
  if (noun === "stats") return "Statistics";
  const words = noun.split(/[_-]/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}

function guarded(route: Route): Pick<Operation, "description" | "x-scope"> {
  const scope = scopeOf(route);
  const description = [whoMayCall(route), ...whichKey(route)].join(" ");
  return { description, ...(scope === null ? {} : { "x-scope": scope }) };
}

function whoMayCall({ access, capability }: Route): string {
  if (access === "organization") return "Needs a token of the organization.";
  if (access === "application-only") return "Needs a token of an application.";
  if (access === "publisher") {
    return "Needs a token of the organization, or a key of the application.";
  }
  const needed = capability === undefined ? "" : `, with the capability ${capability}`;
  return `Works with a token of the organization or of the application${needed}.`;
}

function whichKey(route: Route): readonly string[] {
  const scope = scopeOf(route);
  if (route.access === "application-only") return [];
  const needed = scope === null ? [] : [`A key needs the scope ${scope}.`];
  return worksInTestMode(route) ? needed : [...needed, "Test keys are refused."];
}

function requestBody(
  { body, example }: Route,
  schemas: SchemaCollection,
): Pick<Operation, "requestBody"> {
  if (body === undefined) return {};
  const schema = schemas.add(body, "input");
  const content = { schema, ...(example === undefined ? {} : { example }) };
  // No body is taken for an empty one.
  const required = !body.safeParse({}).success;
  return { requestBody: { required, content: { "application/json": content } } };
}

const SUCCESSES: Readonly<Record<string, string>> = {
  200: "Done",
  201: "Created",
  202: "Accepted: kept, and seen to from now on",
  204: "Done; no body",
  500: "Something does not answer",
};

function answers(route: Route, schemas: SchemaCollection): Readonly<Record<string, Response>> {
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, body]) => {
      const description = route.successes?.[Number(status)] ?? SUCCESSES[status] ?? "";
      if (route.events !== undefined) {
        const schema = schemas.add(route.events, "output");
        return [status, { description, content: { "text/event-stream": { schema } } }];
      }
      if (route.download !== undefined) {
        const content = Object.entries(route.download).map(([type, file]) => {
          return [type, { schema: schemas.add(file, "output") }] as const;
        });
        return [status, { description, content: Object.fromEntries(content) }];
      }
      if (body === null) return [status, { description }];
      const schema = schemas.add(body, "output");
      return [status, { description, content: { "application/json": { schema } } }];
    }),
  );
}
