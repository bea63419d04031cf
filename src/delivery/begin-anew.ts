import type { Logger } from "pino";
import type { Deliveries } from "../store/catalogue-deliveries.ts";
import type { TellLine } from "./lines/tell-line.ts";
import type { WorkflowStarts } from "./workflow-starts.ts";

/** Deliveries of one endpoint. */
export type ToBeginAnew = {
  readonly applicationId: string;
  readonly endpointId: string;
  readonly messageIds: readonly string[];
  /** What has begun anew at this time or later is not begun again; null begins it once more. */
  readonly unlessSinceMs: number | null;
};

/**
 * Begins the schedules of deliveries anew, and has workflows started that carry them. Answers the ids
 * of those that have begun; what has no payload has not, and none where the endpoint is disabled or
 * deleted. Throws if the store fails.
 */
export type BeginAnew = (deliveries: ToBeginAnew) => Promise<ReadonlySet<string>>;

export type BeginAnewDeps = {
  readonly store: { readonly deliveries: Pick<Deliveries, "reopen"> };
  readonly workflowStarts: Pick<WorkflowStarts, "restart">;
  readonly tellLine: TellLine;
  readonly logger: Logger;
};

export function createBeginAnew({
  store,
  workflowStarts,
  tellLine,
  logger,
}: BeginAnewDeps): BeginAnew {
  return async (deliveries) => {
    const reopened = await store.deliveries.reopen({ ...deliveries, nowMs: Date.now() });
    if (reopened.some(({ isInLine }) => isInLine)) tellLine(deliveries.endpointId);
    const endpointIds = [deliveries.endpointId];
    const waiting = reopened
      .filter(({ isWaiting }) => isWaiting)
      .map((message) => ({ ...message, endpointIds }));
    await workflowStarts.restart(waiting).catch((error: unknown) => {
      logger.warn({ err: error, messages: waiting.length }, "starts are left to the sweep");
    });
    return new Set(reopened.map(({ id }) => id));
  };
}
