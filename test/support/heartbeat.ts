import { setTimeout as delay } from "node:timers/promises";
import { tsToMs } from "@temporalio/common/lib/time.js";
import type { Installation } from "./installation.ts";
import { waitFor } from "./wait-for.ts";

/** Until the answer to it has reached the activity. */
const HEARD_MS = 1_000;

/** Resolves soon after the next heartbeat of the workflow's only activity, or after its end. */
export async function nextHeartbeat({ temporal }: Installation, workflowId: string): Promise<void> {
  const fromMs = Date.now();
  await waitFor(`a heartbeat of ${workflowId}`, async () => {
    const { raw } = await temporal.workflow.getHandle(workflowId).describe();
    const [activity] = raw.pendingActivities ?? [];
    const beat = activity?.lastHeartbeatTime;
    return activity === undefined || (beat && tsToMs(beat) > fromMs) || undefined;
  });
  await delay(HEARD_MS);
}
