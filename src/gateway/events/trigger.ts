import { z } from "zod";
import { findAddressee, findApplication } from "../applications/find-application.ts";
import type { Principal } from "../access/principal.ts";
import type { GatewayDeps } from "../deps.ts";
import { findEventType } from "../event-types/find-event-type.ts";
import { problem } from "../http/problem.ts";
import { exampleOf } from "../messages/message-example.ts";
import { PAYLOAD } from "../messages/message-schemas.ts";
import { route, type Route } from "../route.ts";
import {
  APPLICATION_QUERY,
  NO_APPLICATION,
  ofApplication,
  SIMPLE,
} from "../webhooks/of-application.ts";
import { EVENT_OUT } from "./event-schemas.ts";
import { publish, type PublishDeps } from "./publish.ts";

type Deps = PublishDeps & Pick<GatewayDeps, "applications" | "eventTypes">;

const TRIGGER_IN = z
  .object({ data: PAYLOAD.optional().describe("In place of the event type's example") })
  .meta({ id: "EventTriggerIn" });

/** What somebody tries in a sandbox, until something happens for real. */
export function triggerRoutes(deps: Deps): readonly Route[] {
  return [triggerEvent(deps)];
}

function triggerEvent(deps: Deps): Route {
  return route({
    method: "post",
    path: "/events/{event_type_name}/trigger",
    operationId: "v1.event.trigger",
    summary: "Publish an event type's example in the sandbox",
    ...SIMPLE,
    access: "application",
    capability: "CreateAttempts",
    scope: "publish",
    query: APPLICATION_QUERY,
    body: TRIGGER_IN,
    example: {},
    answers: { 202: EVENT_OUT },
    refusals: {
      400: `The event type has no example. ${NO_APPLICATION[400]}`,
      403: "It is not a test key, or may not publish",
      404: "There is no such event type, or no such application",
    },
    async handle(call) {
      refuseLive(call.principal);
      const asked = ofApplication(call);
      const { id: application } = await findApplication(deps, asked);
      const { name: event } = await findEventType(deps, call);
      const data = call.body.data ?? (await exampleOf(deps, call.principal, event));
      const to = { ...(await findAddressee(deps, asked)), application };
      return { status: 202, body: await publish(deps, to, { event, data }) };
    },
  });
}

/** Throws a ProblemError (403). */
export function refuseLive({ mode }: Principal): void {
  if (mode === "test") return;
  const detail =
    "Events are triggered in test mode only, where nobody takes an example for something that has " +
    "happened: use a test key, posthorn_test_…";
  throw problem(403, "test_mode_only", detail);
}
