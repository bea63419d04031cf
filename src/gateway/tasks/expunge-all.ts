import { findApplication } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { route, type Route } from "../route.ts";
import { begunTaskOut } from "./background-task-record.ts";
import { EXPUNGE_ALL_OUT } from "./background-task-schemas.ts";

type Deps = Pick<GatewayDeps, "applications" | "beginTask">;

export function expungeAllRoutes(deps: Deps): readonly Route[] {
  return [expungeAll(deps)];
}

function expungeAll(deps: Deps): Route {
  return route({
    method: "post",
    path: "/app/{app_id}/msg/expunge-all-contents",
    operationId: "v1.message.expunge-all-contents",
    summary: "Delete the payloads of all messages that an application has now",
    access: "organization",
    answers: { 202: EXPUNGE_ALL_OUT },
    async handle(call) {
      const { id: applicationId } = await findApplication(deps, call);
      const task = await deps.beginTask(call.principal.organizationId, {
        type: "application.purge_content",
        applicationId,
        untilMs: Date.now(),
      });
      return { status: 202, body: begunTaskOut(task) };
    },
  });
}
