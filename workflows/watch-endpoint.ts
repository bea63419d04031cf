import {
  condition,
  continueAsNew,
  defineSignal,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from "@temporalio/workflow";
import type { Verdict, Waited } from "../src/domain/endpoint-health.ts";
import { ENDPOINT_CHANGED_SIGNAL, type WatchEndpointInput } from "./contract.ts";
import { judgeEndpoint } from "./proxies.ts";

/**
 * Watches an endpoint that fails, until it succeeds or has failed for too long. Here is only the
 * time; how the endpoint fares stands in the database, and is looked up whenever it changed.
 */
export async function watchEndpoint({ endpointId }: WatchEndpointInput): Promise<Verdict> {
  let changes = 0;
  setHandler(defineSignal(ENDPOINT_CHANGED_SIGNAL), () => void changes++);

  let waited: Waited | null = null;
  for (;;) {
    changes = 0;
    const verdict: Verdict = await judgeEndpoint(endpointId, waited);
    waited = null;
    // It may have begun to fail again since it was looked up.
    if (changes > 0) continue;
    if (verdict.kind !== "failing") return verdict;
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof watchEndpoint>({ endpointId });
    }
    const { failingSinceMs, limitMs }: Waited = verdict;
    setCurrentDetails(describe(verdict));
    const leftMs = failingSinceMs + limitMs - Date.now();
    const hasChanged = leftMs > 0 && (await condition(() => changes > 0, leftMs));
    if (!hasChanged) waited = { failingSinceMs, limitMs };
  }
}

/** For people in Temporal's UI. */
function describe({ failingSinceMs, limitMs }: Waited): string {
  const [since, until] = [failingSinceMs, failingSinceMs + limitMs].map((timeMs) =>
    new Date(timeMs).toISOString(),
  );
  return `fails since ${since}, is disabled at ${until} unless an attempt succeeds`;
}
