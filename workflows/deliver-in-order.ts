import {
  condition,
  continueAsNew,
  defineSignal,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from "@temporalio/workflow";
import type { LineReport } from "../src/delivery/lines/carry-line.ts";
import { LINE_CHANGED_SIGNAL, type DeliverInOrderInput, type Totals } from "./contract.ts";
import { carryLine } from "./proxies.ts";

const NOTHING_YET: Totals = { succeeded: 0, failed: 0 };

/**
 * Carries what stands in line at an ordered endpoint, one message after another, until nobody does.
 * Here is only the time: who is first stands in the database.
 */
export async function deliverInOrder(input: DeliverInOrderInput): Promise<Totals> {
  const { endpointId } = input;
  let totals = input.totals ?? NOTHING_YET;
  let dueAtMs = 0;
  let changes = 0;
  setHandler(defineSignal(LINE_CHANGED_SIGNAL), () => void changes++);

  for (;;) {
    changes = 0;
    const report: LineReport = await carryLine(endpointId, dueAtMs);
    totals = withReport(totals, report);
    dueAtMs = 0;
    // Somebody may have joined since it was looked up.
    if (report.next === null && changes === 0) return totals;
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof deliverInOrder>({ endpointId, totals });
    }
    if (report.next === null) continue;
    const { atMs, inMs } = report.next;
    if (inMs <= 0) continue;
    setCurrentDetails(describe(totals, atMs));
    const hasChanged = await condition(() => changes > 0, inMs);
    if (!hasChanged) dueAtMs = atMs;
  }
}

function withReport(totals: Totals, { succeeded, failed }: LineReport): Totals {
  return { succeeded: totals.succeeded + succeeded, failed: totals.failed + failed };
}

/** For people in Temporal's UI. */
function describe({ succeeded, failed }: Totals, nextAtMs: number): string {
  const next = new Date(nextAtMs).toISOString();
  return `${succeeded} delivered, ${failed} given up, the first in line waits until ${next}`;
}
