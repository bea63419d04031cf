import { z } from "zod";
import { findApplication, findMessage } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { notFound } from "../http/problem.ts";
import { NAME } from "../input/fields.ts";
import { route, type Route } from "../route.ts";

type Deps = Pick<GatewayDeps, "applications" | "messages">;

const BULK_MAX = 1_000;

const RAW_PAYLOAD_OUT = z
  .object({ payload: z.string().describe("What is sent, byte for byte") })
  .meta({ id: "MessageRawPayloadOut" });

const BULK_EXPUNGE_IN = z
  .object({
    ids: z.array(NAME).max(BULK_MAX).default([]).describe("Ids or eventIds, of this application"),
  })
  .meta({ id: "BulkExpungeContentsIn" });

const BULK_EXPUNGE_OUT = z
  .object({
    results: z
      .record(z.string(), z.enum(["expunged", "not-found"]).meta({ id: "BulkExpungeStatus" }))
      .describe("By what was given"),
  })
  .meta({ id: "BulkExpungeContentsOut" });

/** A message's payload by itself, and its end. */
export function messageContentRoutes(deps: Deps): readonly Route[] {
  return [getRawPayload(deps), expungeMessage(deps), bulkExpunge(deps)];
}

function getRawPayload(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/msg/{msg_id}/raw",
    operationId: "v1.message.get-raw-payload",
    summary: "Get a message's payload as the text that is sent",
    access: "application",
    answers: { 200: RAW_PAYLOAD_OUT },
    refusals: { 404: "There is no such message, or its payload was deleted" },
    async handle(call) {
      const { payload } = await findMessage(deps, call, true);
      if (payload === null) throw notFound("The payload was deleted, or its retention has passed");
      return { status: 200, body: { payload: Buffer.from(payload).toString() } };
    },
  });
}

function expungeMessage(deps: Deps): Route {
  return route({
    method: "delete",
    path: "/app/{app_id}/msg/{msg_id}/content",
    operationId: "v1.message.expunge-content",
    summary: "Delete a message's payload, and attempt it no more",
    access: "organization",
    answers: { 204: null },
    async handle(call) {
      const { id } = await findMessage(deps, call);
      await deps.messages.expunge(id);
      return { status: 204 };
    },
  });
}

function bulkExpunge(deps: Deps): Route {
  return route({
    method: "post",
    path: "/app/{app_id}/msg/bulk-expunge",
    operationId: "v1.message.bulk-expunge-content",
    summary: "Delete the payloads of several messages, and attempt them no more",
    access: "organization",
    body: BULK_EXPUNGE_IN,
    example: { ids: ["msg_3MRUdJPmCw2OTzb3ZLVzwN4kDkM", "invoice-42"] },
    answers: { 200: BULK_EXPUNGE_OUT },
    // What is expunged twice is expunged.
    idempotency: "own",
    async handle(call) {
      const { id } = await findApplication(deps, call);
      const { ids } = call.body;
      const expunged = await deps.messages.expungeMany(id, ids);
      const results = ids.map((one) => [one, expunged.has(one) ? "expunged" : "not-found"]);
      return { status: 200, body: { results: Object.fromEntries(results) } };
    },
  });
}
