import { z } from "zod";
import type { DeliveryState } from "../../domain/delivery.ts";
import { idTimeMs } from "../../domain/ids.ts";
import type { ExportedDelivery } from "../../store/catalogue-exports.ts";
import type { Catalogue, DeliveryStatus } from "../../store/catalogue.ts";
import { goesOnward, historyPage, historyQuery } from "../input/history-query.ts";
import { listAnswer, listOf } from "../input/listing.ts";
import { route, type Route } from "../route.ts";
import { endOf, errorOf } from "./attempt-words.ts";
import { findWebhook } from "./find-webhook.ts";
import { APPLICATION_QUERY, NO_APPLICATION, ofApplication, SIMPLE } from "./of-application.ts";

type Deps = Pick<
  Catalogue,
  "applications" | "deliveries" | "endpoints" | "endpointSchedules" | "messages" | "requestFormats"
>;

/** The list is of messages that have a delivery, so that this is for the compiler. */
const UNKNOWN = { state: "pending", attemptsMade: 0, nextAttemptAtMs: null } as const;

const STATUS = z.enum(["pending", "succeeded", "failed", "canceled"]);

const STORED: Readonly<Record<z.output<typeof STATUS>, readonly DeliveryStatus[]>> = {
  pending: ["unattempted", "retrying"],
  succeeded: ["succeeded"],
  failed: ["failed"],
  canceled: ["canceled"],
};

const HISTORY = historyQuery("msg").omit({ channel: true, tag: true, with_content: true });

const DELIVERIES_QUERY = APPLICATION_QUERY.extend({
  ...HISTORY.shape,
  status: STATUS.optional().describe("Only those; failed is what is tried no more"),
});

const DELIVERY_OUT = z
  .object({
    id: z.string().describe("Of the message"),
    eventId: z.string().nullable().describe("The id that its producer gave it"),
    event: z.string(),
    status: STATUS,
    attempts: z.int().describe("How many were made, without those that somebody asked for"),
    acceptedAt: z.iso.datetime(),
    lastAttemptAt: z.iso.datetime().nullable(),
    lastStatusCode: z.int().nullable().describe("null: no attempt so far, or no answer"),
    lastError: z.string().nullable().describe("Why the last attempt failed, in a sentence"),
    nextAttemptAt: z.iso.datetime().nullable().describe("null: none follows"),
    ended: z.string().nullable().describe("Why none follows, where it has not succeeded"),
  })
  .meta({ id: "WebhookDeliveryOut" });

const DELIVERY_LIST_OUT = listOf(DELIVERY_OUT, "WebhookDeliveryOut");

export function webhookDeliveryRoutes(deps: Deps): readonly Route[] {
  return [listDeliveries(deps)];
}

function listDeliveries(deps: Deps): Route {
  return route({
    method: "get",
    path: "/webhooks/{webhook_id}/deliveries",
    operationId: "v1.webhook.list-deliveries",
    summary: "List what was to be delivered to a webhook, newest first, and how it fares",
    ...SIMPLE,
    access: "application",
    refusals: NO_APPLICATION,
    query: DELIVERIES_QUERY,
    answers: { 200: DELIVERY_LIST_OUT },
    async handle(call) {
      const { status, ...query } = call.query;
      const { endpoint } = await findWebhook(deps, ofApplication(call));
      const asked = { ...query, with_content: false };
      const page = await deps.messages.listByEndpoint(endpoint.id, {
        ...historyPage("msg", asked),
        withPayload: false,
        ...(status === undefined ? {} : { statuses: STORED[status] }),
      });
      const ids = page.rows.map(({ message }) => message.id);
      const found = await deps.deliveries.exported(endpoint.id, ids);
      const byId = new Map(found.map((one) => [one.messageId, one]));
      const rows = ids.flatMap((id) => byId.get(id) ?? []);
      return listAnswer({ ...page, rows }, (one) => one.messageId, deliveryOut, goesOnward(asked));
    },
  });
}

function deliveryOut(row: ExportedDelivery): z.output<typeof DELIVERY_OUT> {
  const { messageId, eventId, eventType, delivery, attempt } = row;
  const { state, attemptsMade, nextAttemptAtMs } = delivery ?? UNKNOWN;
  return {
    id: messageId,
    eventId,
    event: eventType,
    status: statusOf(state),
    attempts: attemptsMade,
    acceptedAt: timeOut(idTimeMs("msg", messageId) ?? 0),
    ...lastOut(attempt),
    nextAttemptAt: nextAttemptAtMs === null ? null : timeOut(nextAttemptAtMs),
    ended: endOf({ state, attemptsMade }),
  };
}

function lastOut(attempt: ExportedDelivery["attempt"]) {
  if (attempt === null) return { lastAttemptAt: null, lastStatusCode: null, lastError: null };
  const { endedAtMs, statusCode } = attempt;
  const lastStatusCode = statusCode === 0 ? null : statusCode;
  return { lastAttemptAt: timeOut(endedAtMs), lastStatusCode, lastError: errorOf(attempt) };
}

function statusOf(state: DeliveryState): z.output<typeof STATUS> {
  if (state === "pending" || state === "succeeded" || state === "canceled") return state;
  return "failed";
}

function timeOut(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
