import type { WorkflowHandle } from "@temporalio/client";
import type { Endpoint } from "../../src/domain/records.ts";
import { watchEndpointId } from "../../workflows/contract.ts";
import type { Customer } from "./api.ts";
import { detailsOf } from "./details.ts";
import type { Installation } from "./installation.ts";
import { waitFor } from "./wait-for.ts";

/** The workflow that watches an endpoint, once it sleeps. `after` is an earlier run's id. */
export async function sleepingWatch(
  { temporal }: Installation,
  endpointId: string,
  after?: string,
): Promise<WorkflowHandle> {
  const handle = temporal.workflow.getHandle(watchEndpointId(endpointId));
  return waitFor(`the watch of ${endpointId}`, async () => {
    try {
      const { runId } = await handle.describe();
      const run = temporal.workflow.getHandle(handle.workflowId, runId);
      const sleeps = (await detailsOf(run)).startsWith("fails since");
      return sleeps && runId !== after ? run : undefined;
    } catch {
      return undefined;
    }
  });
}

/** The customer's first endpoint. */
export async function endpointOf(
  { store }: Installation,
  { applicationId, endpointIds: [id = ""] }: Customer,
): Promise<Endpoint> {
  const endpoint = await store.endpoints.find(applicationId, id);
  if (endpoint === undefined) throw new Error(`There is no endpoint ${id}`);
  return endpoint;
}
