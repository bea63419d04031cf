import type { Accepted } from "../delivery/accept.ts";
import { newApplication } from "./application-record.ts";
import type { GatewayDeps } from "./deps.ts";
import { findApplication, findMessage } from "./find-application.ts";
import { historyPage } from "./history-query.ts";
import { listAnswer } from "./listing.ts";
import { messageOut, payloadIn, type MessageIn } from "./message-record.ts";
import {
  CONTENT_QUERY,
  MESSAGE_DETAILS_OUT,
  MESSAGE_IN,
  MESSAGE_LIST_OUT,
  MESSAGE_LIST_QUERY,
  MESSAGE_OUT,
} from "./message-schemas.ts";
import { conflict, invalidField, notFound, type ProblemError } from "./problem.ts";
import { parameter, route, type Route } from "./route.ts";

type Deps = Pick<GatewayDeps, "accept" | "applications" | "messages">;

export function messageRoutes(deps: Deps): readonly Route[] {
  return [createMessage(deps), getMessage(deps), listMessages(deps), expungeMessage(deps)];
}

function createMessage(deps: Deps): Route {
  return route({
    method: "post",
    path: "/app/{app_id}/msg",
    operationId: "v1.message.create",
    summary: "Send a message to the application's endpoints",
    access: "organization",
    query: CONTENT_QUERY,
    body: MESSAGE_IN,
    example: { eventType: "invoice.paid", payload: { invoice: "in_42", amount: 1_200 } },
    answers: { 202: MESSAGE_OUT },
    conflict: "Another message of the application has the eventId",
    async handle(call) {
      const { eventType, eventId = null, channels = null, application: newOne } = call.body;
      const { organizationId } = call.principal;
      const application = parameter(call, "app_id");
      const payload = payloadIn(call.body, call.bodyBytes);
      if (newOne) await createUnlessThere(deps, organizationId, application, newOne);

      const message = {
        organizationId,
        application,
        eventType,
        eventId,
        channels,
        tags: null,
        payload,
        contentType: null,
        payloadExpiresAtMs: null,
        recipients: "subscribed",
        idempotencyKey: null,
      } as const;
      const accepted = await deps.accept(message);
      if (accepted.kind !== "accepted") throw refusals[accepted.kind](eventType);
      const kept = { ...message, id: accepted.id, applicationId: accepted.applicationId };
      return { status: 202, body: messageOut(kept, call.query.with_content) };
    },
  });
}

function getMessage(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/msg/{msg_id}",
    operationId: "v1.message.get",
    summary: "Get a message by its id or eventId",
    access: "application",
    query: CONTENT_QUERY,
    answers: { 200: MESSAGE_DETAILS_OUT },
    async handle(call) {
      const { id } = await findApplication(deps, call);
      const withContent = call.query.with_content;
      const message = await deps.messages.find(id, parameter(call, "msg_id"), withContent);
      if (message === undefined) throw notFound();
      const deliveries = await deps.messages.deliveries(message.id);
      const carried = deliveries.find(({ workflowId }) => workflowId !== null);
      const workflowId = carried?.workflowId ?? null;
      return { status: 200, body: { ...messageOut(message, withContent), workflowId } };
    },
  });
}

function listMessages(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/msg",
    operationId: "v1.message.list",
    summary: "List an application's messages, newest first",
    access: "application",
    query: MESSAGE_LIST_QUERY,
    answers: { 200: MESSAGE_LIST_OUT },
    async handle(call) {
      const { id } = await findApplication(deps, call);
      const withPayload = call.query.with_content;
      const asked = { ...historyPage("msg", call.query), withPayload };
      const page = await deps.messages.list(id, asked);
      return listAnswer(
        page,
        (message) => message.id,
        (message) => messageOut(message, withPayload),
      );
    },
  });
}

function expungeMessage(deps: Deps): Route {
  return route({
    method: "delete",
    path: "/app/{app_id}/msg/{msg_id}/content",
    operationId: "v1.message.expunge-content",
    summary: "Delete a message's payload, and attempt it no more",
    access: "organization",
    answers: { 204: null },
    async handle(call) {
      const { id } = await findMessage(deps, call);
      await deps.messages.expunge(id);
      return { status: 204 };
    },
  });
}

/** Throws a ProblemError (422) if what is to be created would not be what the path names. */
async function createUnlessThere(
  { applications }: Deps,
  organizationId: string,
  named: string,
  body: NonNullable<MessageIn["application"]>,
): Promise<void> {
  if ((await applications.find(organizationId, named)) !== undefined) return;
  if (body.uid !== named) {
    const msg = `Input should be the uid that the path names: ${JSON.stringify(named)}`;
    throw invalidField(["body", "application", "uid"], msg);
  }
  // If its uid was taken just now, it is there, which is what was asked for.
  await applications.create(newApplication(organizationId, body));
}

type Refused = Exclude<Accepted["kind"], "accepted">;

const refusals: Readonly<Record<Refused, (eventType: string) => ProblemError>> = {
  unknown_application: () => notFound(),
  event_type_archived: (eventType) =>
    invalidField(["body", "eventType"], `The event type ${eventType} is archived`),
  repeated: () => conflict("The call was made before"),
  event_id_taken: () => conflict("A message with this eventId already exists in the application"),
};
