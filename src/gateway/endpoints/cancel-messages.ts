import { z } from "zod";
import { lowestIdAt } from "../../domain/ids.ts";
import { findEndpoint } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { TIME, timeMs } from "../input/times.ts";
import { route, type Route } from "../route.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "deliveries">;

const CANCEL_MESSAGES_IN = z
  .object({ createdBefore: TIME.describe("Messages from this time on are still delivered") })
  .meta({ id: "CancelMsgsIn" });

export function cancelMessageRoutes(deps: Deps): readonly Route[] {
  return [cancelMessages(deps)];
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
      const { id } = await findEndpoint(deps, call);
      const createdBeforeMs = timeMs(call.body.createdBefore);
      await deps.deliveries.cancel(id, lowestIdAt("msg", createdBeforeMs));
      return { status: 204 };
    },
  });
}
