import { z } from "zod";
import type { GatewayDeps } from "../deps.ts";
import { invalidField } from "../http/problem.ts";
import { NAME, unique } from "../input/fields.ts";
import { TIME } from "../input/times.ts";
import { route, type Route } from "../route.ts";
import { begunTaskOut } from "../tasks/background-task-record.ts";
import { AGGREGATE_EVENT_TYPES_OUT, APP_USAGE_OUT } from "../tasks/background-task-schemas.ts";
import { rangeIn } from "../tasks/task-range.ts";

type Deps = Pick<GatewayDeps, "applications" | "beginTask">;

const APPLICATIONS_MAX = 1_000;

const APP_USAGE_IN = z
  .object({
    since: TIME,
    until: TIME.describe("Not in the future"),
    appIds: z
      .array(NAME)
      .max(APPLICATIONS_MAX)
      .transform(unique)
      .nullish()
      .describe("Ids or uids; without them, all applications"),
  })
  .meta({ id: "AppUsageStatsIn" });

/** Both begin a background task, which is asked for what it found. */
export function usageStatisticsRoutes(deps: Deps): readonly Route[] {
  return [aggregateAppStats(deps), aggregateEventTypes(deps)];
}

function aggregateAppStats(deps: Deps): Route {
  return route({
    method: "post",
    path: "/stats/usage/app",
    operationId: "v1.statistics.aggregate-app-stats",
    summary: "Count the attempts of each application, in the background",
    access: "organization",
    body: APP_USAGE_IN,
    example: { since: "2026-01-01T00:00:00Z", until: "2026-01-15T00:00:00Z" },
    answers: { 202: APP_USAGE_OUT },
    async handle({ body, principal: { organizationId } }) {
      const range = rangeIn(body, Date.now());
      const names = body.appIds ?? null;
      const ids = names === null ? null : await resolve(deps, organizationId, names);
      const applicationIds = ids === null ? null : [...new Set(ids.values())];
      if (applicationIds?.length === 0) {
        throw invalidField(["body", "appIds"], "Input should name applications that there are");
      }
      const work = { type: "application.stats", range, applicationIds } as const;
      const task = await deps.beginTask(organizationId, work);
      const unresolvedAppIds = (names ?? []).filter((name) => !ids?.has(name));
      return { status: 202, body: { ...begunTaskOut(task), unresolvedAppIds } };
    },
  });
}

function aggregateEventTypes({ beginTask }: Deps): Route {
  return route({
    method: "put",
    path: "/stats/usage/event-types",
    operationId: "v1.statistics.aggregate-event-types",
    summary: "Gather what each application's endpoints are subscribed to, in the background",
    access: "organization",
    answers: { 202: AGGREGATE_EVENT_TYPES_OUT },
    reserved: [400],
    async handle({ principal }) {
      const work = { type: "event-type.aggregate" } as const;
      return { status: 202, body: begunTaskOut(await beginTask(principal.organizationId, work)) };
    },
  });
}

/** Ids by what was given; those that there are not are left out. */
async function resolve(
  { applications }: Deps,
  organizationId: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const name of names) {
    const found = await applications.find(organizationId, name);
    if (found !== undefined) ids.set(name, found.id);
  }
  return ids;
}
