import { randomUUID } from "node:crypto";
import type { Client } from "@temporalio/client";
import { msToTs, tsToMs } from "@temporalio/common/lib/time.js";
import type { NativeConnection } from "@temporalio/worker";
import { waitFor } from "./wait-for.ts";

/** pollWorkflowExecutionTimeSkipping's results. */
const RUNNING = 1;
const COMPLETED = 2;
const ENDED = "the execution ended before the fast-forward completed";

/**
 * Moves one workflow's clock on, or as far as to its end. What falls due in that time is done, but
 * its last activity may still be running afterwards.
 */
export async function advance(
  temporal: Client,
  workflowId: string,
  durationMs: number,
): Promise<void> {
  const { workflowService } = temporal.connection;
  const { namespace } = temporal.options;
  const id = randomUUID();
  const fastForwardConfig = { duration: msToTs(durationMs), id };
  await workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: { timeSkippingConfig: { enabled: true, fastForwardConfig } },
    updateMask: { paths: ["time_skipping_config"] },
  });
  await waitFor(`${durationMs} ms to pass for ${workflowId}`, async () => {
    const polled = await workflowService.pollWorkflowExecutionTimeSkipping({
      namespace,
      workflowExecution: { workflowId },
      fastForwardId: id,
    });
    if (polled.fastForwardPollingResult === RUNNING) return undefined;
    const { fastForwardPollingResult: result, failedReason } = polled;
    if (result === COMPLETED || failedReason === ENDED) return true;
    throw new Error(`Time did not pass for ${workflowId}: ${failedReason}`);
  });
}

/** The workflow's own now, which may be hours after ours. */
export async function virtualNowMs(temporal: Client, workflowId: string): Promise<number> {
  const { raw } = await temporal.workflow.getHandle(workflowId).describe();
  const skipping = raw.workflowExtendedInfo?.timeSkippingInfo;
  return skipping?.currentTime ? tsToMs(skipping.currentTime) : Date.now();
}

/** From now on, workflows that are started through this connection skip whatever they wait for. */
export function skipTimeAlways(connection: NativeConnection): void {
  const { workflowService } = connection;
  const start = workflowService.startWorkflowExecution.bind(workflowService);
  Object.assign(workflowService, {
    startWorkflowExecution: (request: object, ...rest: []) =>
      start({ ...request, timeSkippingConfig: { enabled: true } }, ...rest),
  });
}
