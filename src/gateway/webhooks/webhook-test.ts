import { z } from "zod";
import type { Attempt } from "../../domain/records.ts";
import { applicationKind } from "../applications/find-application.ts";
import { attemptOnce, type AttemptOnceDeps } from "../attempts/attempt-once.ts";
import type { GatewayDeps } from "../deps.ts";
import { NAME } from "../input/fields.ts";
import { exampleOf } from "../messages/message-example.ts";
import { expiresAtMs } from "../messages/message-record.ts";
import { route, type Route } from "../route.ts";
import { errorOf } from "./attempt-words.ts";
import { findEnabledWebhook, WEBHOOK_DISABLED } from "./find-webhook.ts";
import { APPLICATION_QUERY, NO_APPLICATION, ofApplication, SIMPLE } from "./of-application.ts";

type Deps = AttemptOnceDeps &
  Pick<
    GatewayDeps,
    "applications" | "endpoints" | "endpointSchedules" | "eventTypes" | "requestFormats"
  >;

const TEST_IN = z
  .object({ event: NAME.describe("An event type that has an example") })
  .meta({ id: "WebhookTestIn" });

const TEST_OUT = z
  .object({
    messageId: z.string(),
    event: z.string(),
    url: z.string(),
    succeeded: z.boolean(),
    statusCode: z.int().nullable().describe("What your server answered; null if it did not"),
    error: z.string().nullable().describe("What was wrong, in a sentence; null if nothing was"),
    response: z.string().describe("The body of the answer, as far as it is kept"),
    durationMs: z.int(),
    sentAt: z.iso.datetime(),
  })
  .meta({ id: "WebhookTestOut" });

export function webhookTestRoutes(deps: Deps): readonly Route[] {
  return [testWebhook(deps)];
}

function testWebhook(deps: Deps): Route {
  return route({
    method: "post",
    path: "/webhooks/{webhook_id}/test",
    operationId: "v1.webhook.test",
    summary: "Send an event type's example to a webhook, once, and wait for what comes of it",
    ...SIMPLE,
    access: "application",
    capability: "CreateAttempts",
    scope: "publish",
    query: APPLICATION_QUERY,
    body: TEST_IN,
    example: { event: "invoice.paid" },
    answers: { 200: TEST_OUT },
    conflict: WEBHOOK_DISABLED,
    refusals: {
      400: `The event type has no example. ${NO_APPLICATION[400]}`,
      404: "There is no such webhook, or no such event type, or no such application",
      503: "Temporal does not answer: the message is kept, but not attempted",
      504: "The attempt takes longer than expected: it is listed when it has ended",
    },
    async handle(call) {
      const { event } = call.body;
      const { endpoint } = await findEnabledWebhook(deps, ofApplication(call));
      const example = await exampleOf(deps, call.principal, event);
      const message = {
        eventType: event,
        eventId: null,
        channels: null,
        tags: null,
        payload: Buffer.from(JSON.stringify(example)),
        contentType: null,
        deliverAtMs: null,
        payloadExpiresAtMs: expiresAtMs(Date.now()),
        organizationId: call.principal.organizationId,
        application: endpoint.applicationId,
        applicationKind: applicationKind(call.principal),
      };
      return { status: 200, body: testOut(event, await attemptOnce(deps, message, endpoint.id)) };
    },
  });
}

function testOut(event: string, attempt: Attempt): z.output<typeof TEST_OUT> {
  const { messageId, url, succeeded, statusCode, reason, response } = attempt;
  const isAnswered = reason === null;
  return {
    messageId,
    event,
    url,
    succeeded,
    statusCode: isAnswered ? statusCode : null,
    error: errorOf({ statusCode, reason, detail: isAnswered ? null : response }),
    response: isAnswered ? response : "",
    durationMs: Math.round(attempt.durationMs),
    sentAt: new Date(attempt.endedAtMs - attempt.durationMs).toISOString(),
  };
}
