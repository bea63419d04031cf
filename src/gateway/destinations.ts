import type { Delivery } from "../domain/records.ts";
import type { Page } from "../store/catalogue.ts";
import { destinationOut } from "./attempt-record.ts";
import { DESTINATIONS_QUERY, MESSAGE_ENDPOINT_LIST_OUT } from "./attempt-schemas.ts";
import type { GatewayDeps } from "./deps.ts";
import { findMessage } from "./find-application.ts";
import { listAnswer, pageQuery } from "./listing.ts";
import { route, type Route } from "./route.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "messages">;
type Asked = Parameters<typeof pageQuery>[0];

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
      const message = await findMessage(deps, call);
      const deliveries = await deps.messages.deliveries(message.id);
      const page = pageOf(deliveries, call.query);
      const found = await Promise.all(
        page.rows.map(({ endpointId }) => deps.endpoints.find(message.applicationId, endpointId)),
      );
      const answer = listAnswer(
        page,
        ({ endpointId }) => endpointId,
        (delivery) => {
          const endpoint = found.find((one) => one?.id === delivery.endpointId);
          return endpoint === undefined ? [] : [destinationOut(endpoint, delivery)];
        },
      );
      // An endpoint that was deleted since has no URL to show any more.
      return { ...answer, body: { ...answer.body, data: answer.body.data.flat() } };
    },
  });
}

/** A message has as many deliveries as it has endpoints: few enough to be paged here. */
function pageOf(deliveries: readonly Delivery[], asked: Asked): Page<Delivery> {
  const { after, before, limit } = pageQuery(asked, "ascending");
  if (before !== undefined) {
    const rows = deliveries.filter(({ endpointId }) => endpointId < before);
    return { rows: rows.slice(-limit), hasMore: rows.length > limit };
  }
  const rows = deliveries.filter(({ endpointId }) => after === undefined || endpointId > after);
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
}
