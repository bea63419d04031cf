import { z } from "zod";
import { findApplication } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { CHANNELS, NAME } from "../input/fields.ts";
import { route, type Route } from "../route.ts";

type Deps = Pick<GatewayDeps, "applications" | "eventTypes" | "subscriptions">;

const PRECHECK_IN = z
  .object({ eventType: NAME, channels: CHANNELS.nullish() })
  .meta({ id: "MessagePrecheckIn" });

const PRECHECK_OUT = z
  .object({ active: z.boolean().describe("Whether any endpoint would get such a message") })
  .meta({ id: "MessagePrecheckOut" });

export function precheckMessage({ subscriptions, eventTypes, ...deps }: Deps): Route {
  return route({
    method: "post",
    path: "/app/{app_id}/msg/precheck/active",
    operationId: "v1.message.precheck",
    summary: "Ask whether a message would be delivered to any endpoint",
    access: "organization",
    scope: "read",
    body: PRECHECK_IN,
    example: { eventType: "invoice.paid", channels: null },
    answers: { 200: PRECHECK_OUT },
    // It only reads.
    idempotency: "own",
    async handle(call) {
      const { id, organizationId } = await findApplication(deps, call);
      const { eventType, channels = null } = call.body;
      const found = await eventTypes.find(organizationId, eventType);
      // Messages of an archived event type are refused.
      const isSendable = found?.archived !== true;
      const active = isSendable && (await subscriptions.exist(id, eventType, channels));
      return { status: 200, body: { active } };
    },
  });
}
