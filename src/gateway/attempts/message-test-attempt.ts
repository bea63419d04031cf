import type { GatewayDeps } from "../deps.ts";
import { applicationKind } from "../applications/find-application.ts";
import { ENDPOINT_DISABLED, findEnabledEndpoint } from "../endpoints/enabled-endpoint.ts";
import { invalidField } from "../http/problem.ts";
import { messageIn, type MessageContent, type MessageIn } from "../messages/message-record.ts";
import { MESSAGE_IN } from "../messages/message-schemas.ts";
import { route, type Call, type Route } from "../route.ts";
import { attemptOnce, type AttemptOnceDeps } from "./attempt-once.ts";
import { attemptOut } from "./attempt-record.ts";
import { EXPANDED_ATTEMPT_OUT } from "./attempt-schemas.ts";

type Deps = AttemptOnceDeps & Pick<GatewayDeps, "applications" | "endpoints">;

/** What an attempt may take besides the endpoint's own time: Temporal's, and the store's. */
export const TEST_ATTEMPT_EXTRA_MS = 5_000;

export function testAttemptRoutes(deps: Deps): readonly Route[] {
  return [testAttempt(deps)];
}

function testAttempt(deps: Deps): Route {
  return route({
    method: "post",
    path: "/app/{app_id}/endpoint/{endpoint_id}/msg/test-attempt",
    operationId: "v1.message.test-attempt",
    summary: "Send a message to one endpoint, once, and wait for what comes of it",
    access: "application",
    // Any payload gets the real signature: more than a message of the producer once more.
    capability: "ManageEndpoint",
    body: MESSAGE_IN,
    example: { eventType: "invoice.paid", payload: { invoice: "in_42", amount: 1_200 } },
    answers: { 201: EXPANDED_ATTEMPT_OUT },
    conflict: `${ENDPOINT_DISABLED}, or another message of the application has the eventId`,
    refusals: {
      503: "Temporal does not answer: the message is kept, but not attempted",
      504: "The attempt takes longer than expected: it is listed with its message when it has ended",
    },
    async handle(call) {
      const { id: endpointId, applicationId } = await findEnabledEndpoint(deps, call);
      const message = {
        ...testMessage(call),
        // It is made at once.
        deliverAtMs: null,
        organizationId: call.principal.organizationId,
        application: applicationId,
        applicationKind: applicationKind(call.principal),
      };
      const attempt = await attemptOnce(deps, message, endpointId);
      return { status: 201, body: attemptOut({ attempt, message: null }, true) };
    },
  });
}

/** Throws a ProblemError (422) for an eventId that would keep the organization from using it. */
function testMessage({ principal, body, bodyBytes }: Call<unknown, MessageIn>): MessageContent {
  const content = messageIn(body, bodyBytes);
  if (principal.applicationId !== null && content.eventId !== null) {
    const msg = "Input should be null: only the organization gives its messages eventIds";
    throw invalidField(["body", "eventId"], msg);
  }
  return content;
}
