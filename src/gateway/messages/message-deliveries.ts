import { z } from "zod";
import type { Destination } from "../../store/catalogue-deliveries.ts";
import type { Principal } from "../access/principal.ts";
import { findMessage } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { iterator, LIMIT, listAnswer, listOf, pageQuery } from "../input/listing.ts";
import { route, type Route } from "../route.ts";

type Deps = Pick<GatewayDeps, "applications" | "messages" | "deliveries" | "workflowUrl">;

const DELIVERY_OUT = z
  .object({
    endpointId: z.string(),
    url: z.string().describe("The endpoint's, as it is now"),
    description: z.string(),
    disabled: z.boolean().describe("Whether the endpoint is disabled now"),
    state: z
      .enum([
        "pending",
        "succeeded",
        "exhausted",
        "endpoint_gone",
        "endpoint_disabled",
        "endpoint_deleted",
        "expunged",
        "canceled",
      ])
      .describe("pending, or why there is no further attempt"),
    attemptsMade: z.int().min(0).describe("By its schedule; those by hand are not counted"),
    nextAttempt: z.iso.datetime().nullable().describe("null: no other is due"),
    waitsFor: z
      .string()
      .nullable()
      .describe(
        "It is due, but the endpoint is ordered: the message that is first in its line. null: it " +
          "waits for nothing but its time",
      ),
    workflowId: z
      .string()
      .nullable()
      .describe("Temporal's, which carries it; null: there is none so far, or for an application"),
    workflowUrl: z
      .string()
      .nullable()
      .describe("Where Temporal shows it; null also where the operator has set no TEMPORAL_UI_URL"),
  })
  .meta({ id: "DeliveryOut" });

const DELIVERY_LIST_OUT = listOf(DELIVERY_OUT, "DeliveryOut");

const QUERY = z.object({ limit: LIMIT, iterator: iterator("ep").optional() });

export function messageDeliveryRoutes(deps: Deps): readonly Route[] {
  return [listDeliveries(deps)];
}

function listDeliveries(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/msg/{msg_id}/delivery",
    operationId: "v1.message.deliveries",
    summary: "List a message's deliveries: how far each is, and when it goes on",
    access: "application",
    query: QUERY,
    answers: { 200: DELIVERY_LIST_OUT },
    async handle(call) {
      const { id } = await findMessage(deps, call);
      const page = await deps.deliveries.listByMessage(id, pageQuery(call.query, "ascending"));
      const inLine = page.rows.filter((one) => isDueInLine(one, Date.now()));
      const ordered = inLine.map(({ endpoint }) => endpoint.id);
      const firsts = await deps.deliveries.firstInLine(ordered);
      return listAnswer(
        page,
        ({ endpoint }) => endpoint.id,
        (destination) => {
          const first = firsts.get(destination.endpoint.id) ?? id;
          const waitsFor = first === id ? null : first;
          return { ...deliveryOut(deps, call.principal, destination), waitsFor };
        },
      );
    },
  });
}

function isDueInLine({ delivery, endpoint }: Destination, nowMs: number): boolean {
  const { state, nextAttemptAtMs } = delivery;
  return endpoint.ordered && state === "pending" && (nextAttemptAtMs ?? Infinity) <= nowMs;
}

function deliveryOut(
  { workflowUrl }: Deps,
  { applicationId }: Principal,
  { delivery, endpoint }: Destination,
): Omit<z.output<typeof DELIVERY_OUT>, "waitsFor"> {
  const { state, attemptsMade, nextAttemptAtMs } = delivery;
  // What carries it is the operator's to see, not the customer's.
  const workflowId = applicationId === null ? delivery.workflowId : null;
  return {
    endpointId: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    disabled: endpoint.disabled,
    state,
    attemptsMade,
    nextAttempt: nextAttemptAtMs === null ? null : new Date(nextAttemptAtMs).toISOString(),
    workflowId,
    workflowUrl: workflowId === null ? null : workflowUrl(workflowId),
  };
}
