import type { z } from "zod";
import type {
  DeliveryStatus,
  EndpointMessageQuery,
  MessageDelivery,
  Page,
} from "../store/catalogue.ts";
import { deliveryOut } from "./attempt-record.ts";
import { ENDPOINT_MESSAGE_LIST_OUT, ENDPOINT_MESSAGES_QUERY } from "./attempt-schemas.ts";
import type { GatewayDeps } from "./deps.ts";
import { findEndpoint } from "./find-application.ts";
import { historyPage } from "./history-query.ts";
import { listAnswer } from "./listing.ts";
import { messageOut } from "./message-record.ts";
import { route, type Route } from "./route.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "messages">;

const NOTHING: Page<MessageDelivery> = { rows: [], hasMore: false };

const STATUSES: Readonly<Record<number, DeliveryStatus>> = {
  0: "succeeded",
  1: "unattempted",
  2: "failed",
  3: "retrying",
};

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
      const asked = asStored(call.query);
      const page = asked === undefined ? NOTHING : await deps.messages.listByEndpoint(id, asked);
      return listAnswer(
        page,
        ({ message }) => message.id,
        ({ message, delivery }) => ({
          ...messageOut(message, call.query.with_content),
          ...deliveryOut(delivery, call.query),
        }),
      );
    },
  });
}

/** undefined where no delivery is of the status that is asked for. */
function asStored(
  query: z.output<typeof ENDPOINT_MESSAGES_QUERY>,
): EndpointMessageQuery | undefined {
  const asked = { ...historyPage("msg", query), withPayload: query.with_content };
  if (query.status === undefined) return asked;
  const status = STATUSES[query.status];
  return status === undefined ? undefined : { ...asked, status };
}
