import { findMessage } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { listAnswer, pageQuery } from "../input/listing.ts";
import { route, type Route } from "../route.ts";
import { destinationOut } from "./attempt-record.ts";
import { DESTINATIONS_QUERY, MESSAGE_ENDPOINT_LIST_OUT } from "./attempt-schemas.ts";

type Deps = Pick<GatewayDeps, "applications" | "messages" | "deliveries">;

export function destinationRoutes(deps: Deps): readonly Route[] {
  return [listDestinations(deps)];
}

function listDestinations(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/msg/{msg_id}/endpoint",
    operationId: "v1.message-attempt.list-attempted-destinations",
    summary: "List a message's endpoints, and how the message fares at each",
    access: "application",
    query: DESTINATIONS_QUERY,
    answers: { 200: MESSAGE_ENDPOINT_LIST_OUT },
    async handle(call) {
      const { id } = await findMessage(deps, call);
      const page = await deps.deliveries.listByMessage(id, pageQuery(call.query, "ascending"));
      return listAnswer(
        page,
        ({ endpoint }) => endpoint.id,
        (destination) => destinationOut(destination, call.query),
      );
    },
  });
}
