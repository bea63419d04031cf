import { z } from "zod";
import { countReplayed, COUNTED_MAX } from "../../delivery/tasks/count-replayed.ts";
import { idTimeMs } from "../../domain/ids.ts";
import type { ReplayWork } from "../../domain/background-task.ts";
import type { GatewayDeps } from "../deps.ts";
import { ENDPOINT_DISABLED } from "../endpoints/enabled-endpoint.ts";
import { route, type Answer, type Route } from "../route.ts";
import { BULK_REPLAY_IN, RECOVER_IN, REPLAY_IN } from "./replay-schemas.ts";
import { bulkWork, missingWork, recoverWork } from "./replay-works.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "replays">;

const PREVIEW_OUT = z
  .object({
    matching: z.int().min(0).describe("How many messages it would be about"),
    isExact: z
      .boolean()
      .describe(`false: it is so many or more. No more than ${COUNTED_MAX} are counted`),
    oldest: z.iso.datetime().nullable().describe("Of the first of them; null where there is none"),
    newest: z.iso
      .datetime()
      .nullable()
      .describe("Of the last of them; null where there is none, or it is not exact"),
  })
  .meta({ id: "ReplayPreviewOut" });

/** What each would do, before it is begun. They only read. */
export function replayPreviewRoutes(deps: Deps): readonly Route[] {
  return [previewRecover(deps), previewMissing(deps), previewBulk(deps)];
}

const COMMON = {
  method: "post",
  access: "application",
  capability: "CreateAttempts",
  answers: { 200: PREVIEW_OUT },
  conflict: ENDPOINT_DISABLED,
  idempotency: "own",
} as const;

function previewRecover(deps: Deps): Route {
  return route({
    ...COMMON,
    path: "/app/{app_id}/endpoint/{endpoint_id}/recover/preview",
    operationId: "v1.endpoint.preview-recover",
    summary: "Count what a recovery would attempt",
    body: RECOVER_IN,
    example: { since: "2026-01-14T10:00:00Z", until: "2026-01-15T10:00:00Z" },
    handle: async (call) => preview(deps, await recoverWork(deps, call)),
  });
}

function previewMissing(deps: Deps): Route {
  return route({
    ...COMMON,
    path: "/app/{app_id}/endpoint/{endpoint_id}/replay-missing/preview",
    operationId: "v1.endpoint.preview-replay-missing",
    summary: "Count what a replay of missing messages would attempt",
    body: REPLAY_IN,
    example: { since: "2026-01-14T10:00:00Z" },
    handle: async (call) => preview(deps, await missingWork(deps, call)),
  });
}

function previewBulk(deps: Deps): Route {
  return route({
    ...COMMON,
    path: "/app/{app_id}/endpoint/{endpoint_id}/bulk-replay/preview",
    operationId: "v1.endpoint.preview-bulk-replay",
    summary: "Count what a replay would attempt",
    body: BULK_REPLAY_IN,
    example: { since: "2026-01-14T10:00:00Z", eventTypes: ["invoice.paid"], statusCodeClass: 500 },
    handle: async (call) => preview(deps, await bulkWork(deps, call)),
  });
}

async function preview(deps: Deps, work: ReplayWork): Promise<Answer> {
  const { count: matching, isExact, first, last } = await countReplayed(deps, work);
  const body = { matching, isExact, oldest: timeOf(first), newest: isExact ? timeOf(last) : null };
  return { status: 200, body };
}

function timeOf(messageId: string | undefined): string | null {
  const timeMs = idTimeMs("msg", messageId ?? "");
  return timeMs === undefined ? null : new Date(timeMs).toISOString();
}
