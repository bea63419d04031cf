import { findMessage } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { route, type Route } from "../route.ts";
import { messageContentRoutes } from "./message-contents.ts";
import { createMessage } from "./message-create.ts";
import { precheckMessage } from "./message-precheck.ts";
import { messageOut } from "./message-record.ts";
import { CONTENT_QUERY, MESSAGE_DETAILS_OUT } from "./message-schemas.ts";
import { listMessages, searchMessages } from "./message-search.ts";

type Deps = Pick<GatewayDeps, "applications" | "messages">;

export function messageRoutes(deps: GatewayDeps): readonly Route[] {
  return [
    createMessage(deps),
    listMessages(deps),
    searchMessages(deps),
    precheckMessage(deps),
    getMessage(deps),
    ...messageContentRoutes(deps),
  ];
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
      const withContent = call.query.with_content;
      const message = await findMessage(deps, call, withContent);
      const deliveries = await deps.messages.deliveries(message.id);
      const carried = deliveries.find(({ workflowId }) => workflowId !== null);
      const workflowId = carried?.workflowId ?? null;
      return { status: 200, body: { ...messageOut(message, withContent), workflowId } };
    },
  });
}
