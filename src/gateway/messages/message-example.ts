import { z } from "zod";
import type { Endpoint } from "../../domain/records.ts";
import type { Principal } from "../access/principal.ts";
import type { GatewayDeps } from "../deps.ts";
import { applicationKind } from "../applications/find-application.ts";
import { ENDPOINT_DISABLED, findEnabledEndpoint } from "../endpoints/enabled-endpoint.ts";
import { newestExamples } from "../event-types/example-payload.ts";
import { lookUpEventType, type Viewer } from "../event-types/find-event-type.ts";
import { notFound, problem, type ProblemError } from "../http/problem.ts";
import { NAME } from "../input/fields.ts";
import { route, type Answer, type Route } from "../route.ts";
import { expiresAtMs, messageOut } from "./message-record.ts";
import { refused } from "./message-refusals.ts";
import { MESSAGE_OUT } from "./message-schemas.ts";

type Deps = Pick<GatewayDeps, "accept" | "applications" | "endpoints" | "eventTypes">;

/** Can be sent to any endpoint, without an event type of that name. */
const PING = "svix.ping";
const PING_PAYLOAD = { success: true };

const EVENT_EXAMPLE_IN = z
  .object({
    eventType: NAME.describe(`With an example in its schema; or ${PING}`),
    exampleIndex: z.int().min(0).nullish().describe("Which of several examples; the first is 0"),
  })
  .meta({ id: "EventExampleIn" });

export function exampleRoutes(deps: Deps): readonly Route[] {
  return [sendExample(deps)];
}

function sendExample(deps: Deps): Route {
  return route({
    method: "post",
    path: "/app/{app_id}/endpoint/{endpoint_id}/send-example",
    operationId: "v1.endpoint.send-example",
    summary: "Send an event type's example to an endpoint, whatever it is subscribed to",
    access: "application",
    capability: "CreateAttempts",
    scope: "publish",
    body: EVENT_EXAMPLE_IN,
    example: { eventType: "invoice.paid" },
    answers: { 200: MESSAGE_OUT },
    conflict: ENDPOINT_DISABLED,
    refusals: {
      400: "The event type has no such example in its schema",
      404: "There is no such endpoint, or no such event type",
    },
    async handle(call) {
      const { eventType, exampleIndex } = call.body;
      const endpoint = await findEnabledEndpoint(deps, call);
      const example = await exampleOf(deps, call.principal, eventType, exampleIndex ?? undefined);
      return send(deps, { principal: call.principal, endpoint, eventType, example });
    },
  });
}

/** Throws a ProblemError: 404 if there is no such event type, 400 if it has no such example. */
export async function exampleOf(
  { eventTypes }: Pick<Deps, "eventTypes">,
  principal: Viewer,
  name: string,
  index = 0,
): Promise<object> {
  if (name === PING) return PING_PAYLOAD;
  const eventType = await lookUpEventType(eventTypes, principal, name);
  if (eventType === undefined) throw notFound(`There is no event type ${name}`);

  const examples = newestExamples(eventType.schemas);
  if (examples === undefined) throw noExample(`The event type ${name} has no example`);
  const { version, payloads } = examples;
  const payload = payloads[index];
  if (payload !== undefined) return payload;
  const count = payloads.length === 1 ? "1 example" : `${payloads.length} examples`;
  throw noExample(`The event type ${name} has ${count} in version ${version} of its schema`);
}

function noExample(what: string): ProblemError {
  const how = 'an example is an object in the list "examples" of its JSON schema';
  return problem(400, "invalid_scheme", `${what}; ${how}`);
}

type ExampleToSend = {
  readonly principal: Principal;
  readonly endpoint: Endpoint;
  readonly eventType: string;
  readonly example: object;
};

async function send(
  deps: Deps,
  { principal, endpoint, eventType, example }: ExampleToSend,
): Promise<Answer> {
  const content = {
    eventType,
    eventId: null,
    channels: null,
    tags: null,
    payload: Buffer.from(JSON.stringify(example)),
    contentType: null,
    deliverAtMs: null,
    payloadExpiresAtMs: expiresAtMs(Date.now()),
  };
  const { applicationId } = endpoint;
  const accepted = await deps.accept({
    ...content,
    organizationId: principal.organizationId,
    application: applicationId,
    applicationKind: applicationKind(principal),
    recipients: { endpointId: endpoint.id },
    idempotencyKey: null,
  });
  if (accepted.kind === "repeated") throw new Error("A message without a key cannot be repeated");
  if (accepted.kind !== "accepted") throw refused(accepted.kind, eventType);
  return { status: 200, body: messageOut({ ...content, id: accepted.id, applicationId }, true) };
}
