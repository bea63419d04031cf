import { setTimeout as delay } from "node:timers/promises";
import { tsToMs } from "@temporalio/common/lib/time.js";
import proto from "@temporalio/proto";
import type { Installation } from "./installation.ts";
import { waitFor } from "./wait-for.ts";

const { PENDING_ACTIVITY_STATE_CANCEL_REQUESTED: CANCEL_REQUESTED } =
  proto.temporal.api.enums.v1.PendingActivityState;
/** Until the answer to a heartbeat has reached the activity: many turns, not one time. */
const HEARD_TURNS = 20;
const TURN_MS = 50;

/**
 * Resolves soon after the workflow's only activity has learned that it is to be canceled, or after
 * its end. It learns so with the first heartbeat that comes after Temporal has noted the cancel.
 */
export async function heardOfCancel({ temporal }: Installation, workflowId: string): Promise<void> {
  let notedAtMs: number | undefined;
  await waitFor(`${workflowId} to hear of its cancel`, async () => {
    const { raw } = await temporal.workflow.getHandle(workflowId).describe();
    const [activity] = raw.pendingActivities ?? [];
    if (activity === undefined) return true;
    if (activity.state === CANCEL_REQUESTED) notedAtMs ??= Date.now();
    const beat = activity.lastHeartbeatTime;
    const isHeard = beat && notedAtMs !== undefined && tsToMs(beat) > notedAtMs;
    return isHeard || undefined;
  });
  for (let turn = 0; turn < HEARD_TURNS; turn++) await delay(TURN_MS);
}
