import type { z } from "zod";
import type { EndpointMessageQuery } from "../../store/catalogue.ts";
import { findEndpoint } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { goesOnward, historyPage } from "../input/history-query.ts";
import { listAnswer } from "../input/listing.ts";
import { messageOut } from "../messages/message-record.ts";
import { route, type Route } from "../route.ts";
import { deliveryOut } from "./attempt-record.ts";
import { ENDPOINT_MESSAGE_LIST_OUT, ENDPOINT_MESSAGES_QUERY } from "./attempt-schemas.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "messages">;

const STATUSES = {
  0: ["succeeded"],
  1: ["unattempted"],
  2: ["failed"],
  3: ["retrying"],
  4: ["canceled"],
} as const;
/** Who does not know of canceled ones is shown them as failed. */
const FAILED_OR_CANCELED = ["failed", "canceled"] as const;

export function endpointMessageRoutes(deps: Deps): readonly Route[] {
  return [listEndpointMessages(deps)];
}

function listEndpointMessages(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/endpoint/{endpoint_id}/msg",
    operationId: "v1.message-attempt.list-attempted-messages",
    summary: "List an endpoint's messages, newest first, and how each fares there",
    access: "application",
    query: ENDPOINT_MESSAGES_QUERY,
    answers: { 200: ENDPOINT_MESSAGE_LIST_OUT },
    async handle(call) {
      const { id } = await findEndpoint(deps, call);
      const page = await deps.messages.listByEndpoint(id, asStored(call.query));
      return listAnswer(
        page,
        ({ message }) => message.id,
        ({ message, delivery }) => ({
          ...messageOut(message, call.query.with_content),
          ...deliveryOut(delivery, call.query),
        }),
        goesOnward(call.query),
      );
    },
  });
}

function asStored(query: z.output<typeof ENDPOINT_MESSAGES_QUERY>): EndpointMessageQuery {
  const asked = { ...historyPage("msg", query), withPayload: query.with_content };
  const { status, expanded_statuses: isExpanded } = query;
  if (status === undefined) return asked;
  return {
    ...asked,
    statuses: status === 2 && !isExpanded ? FAILED_OR_CANCELED : STATUSES[status],
  };
}
