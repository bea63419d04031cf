import type { BackgroundTask } from "../../domain/background-task.ts";
import { organizationWork, type OrganizationDeps } from "./organization-work.ts";
import type { PageWork } from "./page-work.ts";
import { purgeWork, type PurgeDeps } from "./purge-work.ts";
import { replayWork, type ReplayDeps } from "./replay-work.ts";

export type WorkDeps = ReplayDeps & PurgeDeps & OrganizationDeps;

/** How this task is done. */
export function workOn(deps: WorkDeps, { work }: BackgroundTask): PageWork {
  switch (work.type) {
    case "endpoint.recover":
    case "endpoint.replay":
    case "endpoint.bulk-replay":
      return replayWork(deps, work);
    case "application.purge_content":
      return purgeWork(deps, work);
    case "application.stats":
    case "event-type.aggregate":
      return organizationWork(deps, work);
  }
}
