import { z } from "zod";
import type { GatewayDeps } from "../deps.ts";
import { ENDPOINT_DISABLED, findEnabledEndpoint } from "../endpoints/enabled-endpoint.ts";
import { conflict, notFound } from "../http/problem.ts";
import { parameter, route, type Route } from "../route.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "messages" | "resend">;

const NOTHING = z.object({}).meta({ id: "EmptyResponse" });

export function resendRoutes(deps: Deps): readonly Route[] {
  return [resendMessage(deps)];
}

function resendMessage(deps: Deps): Route {
  return route({
    method: "post",
    path: "/app/{app_id}/msg/{msg_id}/endpoint/{endpoint_id}/resend",
    operationId: "v1.message-attempt.resend",
    summary: "Attempt a message at an endpoint once more, whatever came of it before",
    access: "application",
    capability: "CreateAttempts",
    answers: { 202: NOTHING },
    conflict: `${ENDPOINT_DISABLED}, or the message's payload was deleted or has expired`,
    refusals: { 503: "Temporal does not answer: no attempt will be made" },
    async handle(call) {
      const { id: endpointId, applicationId } = await findEnabledEndpoint(deps, call);
      const message = await deps.messages.find(applicationId, parameter(call, "msg_id"), true);
      if (message === undefined) throw notFound();
      if (message.payload === null) {
        const why = "The message's payload was deleted or has expired: there is nothing to send";
        throw conflict(why, "payload_expunged");
      }
      await deps.resend({ messageId: message.id, endpointId, applicationId });
      return { status: 202, body: {} };
    },
  });
}
