import { RUNNING_REPLAYS_MAX } from "../../delivery/tasks/begin-task.ts";
import type { ReplayWork } from "../../domain/background-task.ts";
import type { GatewayDeps } from "../deps.ts";
import { ENDPOINT_DISABLED } from "../endpoints/enabled-endpoint.ts";
import { conflict } from "../http/problem.ts";
import { route, type Answer, type Route } from "../route.ts";
import { begunTaskOut } from "./background-task-record.ts";
import { RECOVER_OUT, REPLAY_OUT } from "./background-task-schemas.ts";
import { BULK_REPLAY_IN, RECOVER_IN, REPLAY_IN } from "./replay-schemas.ts";
import { bulkWork, missingWork, recoverWork } from "./replay-works.ts";
import { RETRY_QUERY } from "./retry-query.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "beginReplay">;

/** All three begin a background task that attempts each message once, or begins its schedule anew. */
export function replayRoutes(deps: Deps): readonly Route[] {
  return [recover(deps), replayMissing(deps), bulkReplay(deps)];
}

const COMMON = {
  method: "post",
  access: "application",
  capability: "CreateAttempts",
  query: RETRY_QUERY,
  conflict: `${ENDPOINT_DISABLED}; or ${RUNNING_REPLAYS_MAX} replays of the application run already`,
} as const;

function recover(deps: Deps): Route {
  return route({
    ...COMMON,
    path: "/app/{app_id}/endpoint/{endpoint_id}/recover",
    operationId: "v1.endpoint.recover",
    summary: "Attempt what has failed at an endpoint, for good or so far, once more",
    body: RECOVER_IN,
    example: { since: "2026-01-14T10:00:00Z", until: "2026-01-15T10:00:00Z" },
    answers: { 202: RECOVER_OUT },
    handle: async (call) => begin(deps, call, await recoverWork(deps, call)),
  });
}

function replayMissing(deps: Deps): Route {
  return route({
    ...COMMON,
    path: "/app/{app_id}/endpoint/{endpoint_id}/replay-missing",
    operationId: "v1.endpoint.replay-missing",
    summary: "Attempt the messages that an endpoint is subscribed to and never had",
    body: REPLAY_IN,
    example: { since: "2026-01-14T10:00:00Z" },
    answers: { 202: REPLAY_OUT },
    handle: async (call) => begin(deps, call, await missingWork(deps, call)),
  });
}

function bulkReplay(deps: Deps): Route {
  return route({
    ...COMMON,
    path: "/app/{app_id}/endpoint/{endpoint_id}/bulk-replay",
    operationId: "v1.endpoint.bulk-replay",
    summary: "Attempt an endpoint's messages once more, those that it had as well",
    body: BULK_REPLAY_IN,
    example: { since: "2026-01-14T10:00:00Z", eventTypes: ["invoice.paid"], statusCodeClass: 500 },
    answers: { 202: REPLAY_OUT },
    handle: async (call) => begin(deps, call, await bulkWork(deps, call)),
  });
}

type Caller = { readonly principal: { readonly organizationId: string } };

async function begin({ beginReplay }: Deps, caller: Caller, work: ReplayWork): Promise<Answer> {
  const task = await beginReplay(caller.principal.organizationId, work);
  if (task !== undefined) return { status: 202, body: begunTaskOut(task) };
  const detail =
    `${RUNNING_REPLAYS_MAX} replays of this application run already, which are as many as may at ` +
    "once: wait until one has ended. They are listed by GET " +
    `/api/v1/app/${work.applicationId}/background-task`;
  throw conflict(detail, "limit_reached");
}
