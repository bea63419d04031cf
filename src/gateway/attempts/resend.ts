import { z } from "zod";
import type { DeliveryToResend } from "../../delivery/resend.ts";
import type { GatewayDeps } from "../deps.ts";
import { ENDPOINT_DISABLED, findEnabledEndpoint } from "../endpoints/enabled-endpoint.ts";
import { conflict, notFound } from "../http/problem.ts";
import { RETRY_QUERY } from "../tasks/retry-query.ts";
import { parameter, route, type Route } from "../route.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "messages" | "resend" | "beginAnew">;

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
    query: RETRY_QUERY,
    answers: { 202: NOTHING },
    conflict: `${ENDPOINT_DISABLED}, or the message's payload was deleted or has expired`,
    refusals: { 503: "Temporal does not answer: no attempt will be made (never with retry=true)" },
    async handle(call) {
      const { id: endpointId, applicationId } = await findEnabledEndpoint(deps, call);
      const message = await deps.messages.find(applicationId, parameter(call, "msg_id"), true);
      if (message === undefined) throw notFound();
      if (message.payload === null) throw payloadExpunged();
      const delivery = { messageId: message.id, endpointId, applicationId };
      await (call.query.retry ? beginAnew(deps, delivery) : deps.resend(delivery));
      return { status: 202, body: {} };
    },
  });
}

async function beginAnew(
  deps: Deps,
  { messageId, endpointId, applicationId }: DeliveryToResend,
): Promise<void> {
  const messageIds = [messageId];
  const begun = await deps.beginAnew({
    endpointId,
    applicationId,
    messageIds,
    unlessSinceMs: null,
  });
  // Its payload, or its endpoint, is gone since it was looked at.
  if (begun.size === 0) throw payloadExpunged();
}

function payloadExpunged(): Error {
  const why = "The message's payload was deleted or has expired: there is nothing to send";
  return conflict(why, "payload_expunged");
}
