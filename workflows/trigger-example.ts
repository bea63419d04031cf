import { workflowInfo } from "@temporalio/workflow";
import type { PublishedExample } from "../src/delivery/trigger-schedules.ts";
import type { TriggerExampleInput } from "./contract.ts";
import { publishExample } from "./proxies.ts";

/** One time of a tester's schedule. */
export async function triggerExample(input: TriggerExampleInput): Promise<PublishedExample> {
  const summary = `example of ${input.eventType} → ${input.applicationId}`;
  const eventId = `scheduled-${workflowInfo().runId}`;
  return publishExample.executeWithOptions({ summary }, [{ ...input, eventId }]);
}
