import type { Logger } from "pino";
import type { HotStore } from "../store/store.ts";
import type { Metrics } from "./metrics.ts";
import type { WorkflowStarts } from "./workflow-starts.ts";

/** Starts again what is overdue: never started, or lost with the process or server that had it. */
export type Sweep = { stop(): Promise<void> };

export type SweepDeps = {
  readonly store: Pick<HotStore, "takeOverdue">;
  readonly workflowStarts: Pick<WorkflowStarts, "restart">;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly intervalMs?: number;
};

const INTERVAL_MS = 5_000;
/** With the interval, the bound on the rate at which a lost backlog comes back. */
const DELIVERIES_MAX = 1_000;

export function startSweep(deps: SweepDeps): Sweep {
  const intervalMs = deps.intervalMs ?? INTERVAL_MS;
  let sweeping = Promise.resolve();
  const timer = setInterval(() => {
    sweeping = sweeping.then(() => sweepOnce(deps));
  }, intervalMs);

  return {
    async stop() {
      clearInterval(timer);
      await sweeping;
    },
  };
}

async function sweepOnce({ store, workflowStarts, metrics, logger }: SweepDeps): Promise<void> {
  try {
    const overdue = await store.takeOverdue(Date.now(), DELIVERIES_MAX);
    if (overdue.length === 0) return;
    await workflowStarts.restart(overdue);
    metrics.messagesSwept.inc(overdue.length);
    logger.info({ messages: overdue.length }, "started overdue messages again");
  } catch (error) {
    // They are taken again when they are due again; the next round may find Temporal back.
    logger.warn({ err: error }, "could not start overdue messages");
  }
}
