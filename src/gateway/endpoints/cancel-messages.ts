import { z } from "zod";
import { lowestIdAt } from "../../domain/ids.ts";
import { findEndpoint, findMessage } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { conflict, notFound } from "../http/problem.ts";
import { TIME, timeMs } from "../input/times.ts";
import { route, type Route } from "../route.ts";

type Deps = Pick<
  GatewayDeps,
  "applications" | "endpoints" | "messages" | "deliveries" | "tellLine"
>;

const CANCEL_MESSAGES_IN = z
  .object({ createdBefore: TIME.describe("Messages from this time on are still delivered") })
  .meta({ id: "CancelMsgsIn" });

export function cancelMessageRoutes(deps: Deps): readonly Route[] {
  return [cancelMessages(deps), cancelMessage(deps)];
}

function cancelMessages(deps: Deps): Route {
  return route({
    method: "post",
    path: "/app/{app_id}/endpoint/{endpoint_id}/cancel-msgs",
    operationId: "v1.endpoint.cancel-msgs",
    summary: "Attempt older messages at an endpoint no more",
    access: "application",
    capability: "ManageEndpoint",
    body: CANCEL_MESSAGES_IN,
    example: { createdBefore: "2026-01-15T10:00:00Z" },
    answers: { 204: null },
    async handle(call) {
      const { id, ordered } = await findEndpoint(deps, call);
      const createdBeforeMs = timeMs(call.body.createdBefore);
      await deps.deliveries.cancel(id, lowestIdAt("msg", createdBeforeMs));
      if (ordered) deps.tellLine(id);
      return { status: 204 };
    },
  });
}

function cancelMessage(deps: Deps): Route {
  return route({
    method: "post",
    path: "/app/{app_id}/msg/{msg_id}/endpoint/{endpoint_id}/cancel",
    operationId: "v1.message-attempt.cancel",
    summary: "Attempt a message at an endpoint no more",
    access: "application",
    capability: "ManageEndpoint",
    answers: { 204: null },
    conflict: "The delivery has ended already, otherwise",
    async handle(call) {
      const { id: endpointId, ordered } = await findEndpoint(deps, call);
      const { id: messageId } = await findMessage(deps, call);
      const state = await deps.deliveries.cancelOne({ messageId, endpointId });
      if (state === undefined) throw notFound();
      if (state !== "canceled") throw conflict("The delivery has ended already", "delivery_ended");
      // Those behind it need not wait for its next attempt.
      if (ordered) deps.tellLine(endpointId);
      return { status: 204 };
    },
  });
}
