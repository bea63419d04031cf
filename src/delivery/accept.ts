import { newId } from "../store/new-id.ts";
import type { AcceptResult, HotStore, NewMessage } from "../store/store.ts";
import type { FirstAttempts } from "./first-attempts.ts";
import type { TellLine } from "./lines/tell-line.ts";
import type { Metrics } from "./metrics.ts";
import type { WorkflowStarts } from "./workflow-starts.ts";

export type MessageToAccept = Omit<NewMessage, "id" | "acceptedAtMs" | "lease">;

export type Accepted =
  | {
      readonly kind: "accepted";
      readonly id: string;
      readonly applicationId: string;
    }
  | Exclude<AcceptResult, { kind: "accepted" }>;

/**
 * Keeps a message, begins its first attempts, and has a workflow started for it. Resolves when it
 * is on the disk, later only while too many workflows wait to be started. Throws if the store fails.
 */
export type Accept = (message: MessageToAccept) => Promise<Accepted>;

export type AcceptDeps = {
  readonly store: Pick<HotStore, "accept">;
  /** null in a process that makes no attempts: a worker makes them all. */
  readonly firstAttempts: FirstAttempts | null;
  readonly workflowStarts: WorkflowStarts;
  readonly tellLine: TellLine;
  readonly metrics: Metrics;
};

export function createAccept(deps: AcceptDeps): Accept {
  const { store, firstAttempts, workflowStarts, tellLine, metrics } = deps;
  return async (message) => {
    const acceptedAtMs = Date.now();
    const id = newId("msg", acceptedAtMs);
    const isDue = message.deliverAtMs === null;
    const lease = isDue ? (firstAttempts?.lease(acceptedAtMs) ?? null) : null;
    const result = await store.accept({ ...message, id, acceptedAtMs, lease });
    if (result.kind !== "accepted") return result;

    metrics.messagesAccepted.inc();
    const { applicationId, attempts, inLine } = result;
    for (const { endpointId, isHeld } of inLine) if (!isHeld) tellLine(endpointId);
    if (attempts.length > 0) {
      if (isDue) firstAttempts?.begin(id, attempts);
      await workflowStarts.add({
        id,
        applicationId,
        deliveries: attempts.length,
        eventType: message.eventType,
        endpointIds: attempts.map((attempt) => attempt.endpointId),
      });
    }
    return { kind: "accepted", id, applicationId };
  };
}
