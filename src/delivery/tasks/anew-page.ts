import type { BackgroundTask, ReplayWork } from "../../domain/background-task.ts";
import type { Catalogue } from "../../store/catalogue.ts";
import type { BeginAnew } from "../begin-anew.ts";
import type { DonePage } from "./page-work.ts";

export type AnewDeps = {
  readonly store: Pick<Catalogue, "endpoints">;
  readonly beginAnew: BeginAnew;
};

/** Begins the schedules of a page's messages anew. A carrier that was lost may have begun some. */
export async function beginPageAnew(
  { store, beginAnew }: AnewDeps,
  { createdAtMs, progress: { page } }: BackgroundTask,
  { applicationId, endpointId }: ReplayWork,
): Promise<DonePage> {
  const unlessSinceMs = createdAtMs;
  const begun = await beginAnew({ applicationId, endpointId, messageIds: page, unlessSinceMs });
  const left = page.filter((id) => !begun.has(id));
  const sent = { sent: begun.size };
  if (left.length === 0) return { left, counts: sent };

  const endpoint = await store.endpoints.find(applicationId, endpointId);
  if (endpoint === undefined) return { left, counts: sent, error: "The endpoint was deleted" };
  if (endpoint.disabled) return { left, counts: sent, error: "The endpoint is disabled" };
  return { left: [], counts: { ...sent, skipped: left.length } };
}
