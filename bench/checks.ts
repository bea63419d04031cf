import type { GeneratorRun } from "./generator.ts";
import type { Counts } from "./metrics.ts";

/** What makes a figure invalid, in words; none for a valid one. */
export function faultsOf(run: GeneratorRun, counts: Counts | null): readonly string[] {
  return [...deliveryFaults(run), ...(counts === null ? [] : countFaults(run, counts))];
}

/** Every message was accepted, and delivered exactly once. */
function deliveryFaults(run: GeneratorRun): readonly string[] {
  return nonzero({
    "requests failed": run.errors,
    "messages were not delivered": run.incomplete,
    "deliveries came twice": run.duplicates,
    "deliveries were of another run": run.strays,
  });
}

/** A rate at which workflows are not started is one that Posthorn cannot sustain. */
function countFaults(run: GeneratorRun, counts: Counts): readonly string[] {
  return nonzero({
    "messages were not counted as accepted": run.messages - counts.accepted,
    "accepted messages have no workflow": counts.accepted - counts.started,
    "messages still wait for their workflow": counts.awaitingStart,
    "workflow starts failed": counts.startsFailed,
    "messages were swept": counts.swept,
    "attempts failed": counts.attemptsFailed,
  });
}

function nonzero(counts: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(counts)
    .filter(([, count]) => count !== 0)
    .map(([what, count]) => `${count} ${what}`);
}
