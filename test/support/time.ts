import { randomUUID } from "node:crypto";
import type { Client } from "@temporalio/client";
import { msToTs, tsToMs } from "@temporalio/common/lib/time.js";
import proto from "@temporalio/proto";
import type { NativeConnection } from "@temporalio/worker";
import { waitFor } from "./wait-for.ts";

const {
  FAST_FORWARD_POLLING_RESULT_POLL_TIMEOUT: RUNNING,
  FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED: COMPLETED,
} = proto.temporal.api.enums.v1.FastForwardPollingResult;
const HELD_START_MS_MAX = 10_000;
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
  replaceStart(connection, (request, start) =>
    start({ ...request, timeSkippingConfig: { enabled: true } }),
  );
}

/** Starts of workflows take as long as it takes to release them: a server that is slow. */
export function holdStarts(connection: NativeConnection): () => void {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  replaceStart(connection, async (request, start) => {
    await released;
    return connection.withDeadline(Date.now() + HELD_START_MS_MAX, () => start(request));
  });
  return release;
}

type Start = (request: object) => Promise<StartWorkflowExecutionResponse>;
type StartWorkflowExecutionResponse =
  proto.temporal.api.workflowservice.v1.IStartWorkflowExecutionResponse;

function replaceStart(
  { workflowService }: NativeConnection,
  replacement: (request: object, start: Start) => Promise<StartWorkflowExecutionResponse>,
): void {
  const start: Start = workflowService.startWorkflowExecution.bind(workflowService);
  Object.assign(workflowService, {
    startWorkflowExecution: (request: object) => replacement(request, start),
  });
}
