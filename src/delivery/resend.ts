import type { DeliveryKey } from "../domain/delivery.ts";
import type { AttemptByHand, ManualOutcome } from "./attempt-by-hand.ts";
import { createPatience } from "./patience.ts";
import { describeAttempt } from "./report.ts";

export type DeliveryToResend = DeliveryKey & { readonly applicationId: string };

/** Has one attempt made. Rejects if Temporal cannot be reached or refuses: then none is made. */
export type Resend = (delivery: DeliveryToResend) => Promise<void>;

/** What a workflow asks of the engine; throws only if the store fails. */
export type MakeResent = (delivery: DeliveryToResend) => Promise<ResendReport>;

/** An activity's result. It stands in Temporal's history, where people read it. */
export type ResendReport = { readonly result: ResendResult; readonly line: string };

/** busy: it was not made so far. refused: it never will be. */
export type ResendResult = "succeeded" | "failed" | "refused" | "busy";

/** For another attempt at the same delivery to end, and for a turn at the endpoint. */
const PATIENCE_MS = 60_000;

export function createMakeResent(attemptByHand: AttemptByHand): MakeResent {
  return async ({ messageId, endpointId, applicationId }) => {
    using patience = createPatience(PATIENCE_MS);
    return reportOf(await attemptByHand({ messageId, endpointId, applicationId }, patience));
  };
}

function reportOf(outcome: ManualOutcome): ResendReport {
  switch (outcome.kind) {
    case "made":
      return {
        result: outcome.made.attempt.succeeded ? "succeeded" : "failed",
        line: describeAttempt(outcome.made),
      };
    case "refused":
      return { result: "refused", line: outcome.reason };
    case "attempted":
    case "busy":
      return { result: "busy", line: "Another attempt is under way, or the endpoint has no turn" };
  }
}
