import { z } from "zod";
import { findApplication } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { route, type Answer, type EventSource, type Route } from "../route.ts";
import type { Watch } from "./watch.ts";

type Deps = Pick<GatewayDeps, "applications" | "live">;

const SEVERAL = "Without it, there are several";

const LIVE_CHANGE = z
  .object({
    kind: z.enum(["message", "attempt", "endpoint", "task"]).describe("What is new, or changed"),
    endpointId: z.string().optional(),
    messageId: z.string().optional().describe(SEVERAL),
    taskId: z.string().optional().describe("A recovery, or a replay"),
  })
  .meta({ id: "LiveChange" });

export const TOO_MANY_WATCHERS =
  "The token has made too many requests, or as many watch as may at once: wait as long as " +
  "Retry-After says";

export function liveRoutes(deps: Deps): readonly Route[] {
  return [watchApplication(deps)];
}

function watchApplication(deps: Deps): Route {
  return route({
    method: "get",
    path: "/app/{app_id}/live",
    operationId: "v1.application.live",
    summary: "Watch what is new in an application, as server-sent events",
    access: "application",
    answers: { 200: null },
    successes: {
      200:
        "`event: ready` when it begins: from then on nothing is missed. Then `event: change`, within " +
        "some two seconds, with a hint of what is new: ask for it. A comment every 15 seconds says " +
        "that the connection is there. It ends when the token does",
    },
    events: LIVE_CHANGE,
    refusals: { 429: TOO_MANY_WATCHERS, 503: "This process is stopping: connect again" },
    async handle(call) {
      const { id } = await findApplication(deps, call);
      return watching(deps.live, id);
    },
  });
}

export function watching(watch: Watch<unknown>, key: string): Answer {
  const events: EventSource = ({ send, end }) =>
    watch.join(key, {
      ready: () => send("ready", {}),
      tell: (event) => send("change", event),
      end,
    });
  return { status: 200, events };
}
