import {
  condition,
  continueAsNew,
  defineSignal,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from "@temporalio/workflow";
import type { ResendResult } from "../src/delivery/resend.ts";
import { RESEND_SIGNAL, type ResendMessageInput, type ResendTotals } from "./contract.ts";
import { makeAttemptByHand } from "./proxies.ts";

const NOTHING_YET: ResendTotals = { succeeded: 0, failed: 0, refused: 0 };
/** It is started with its first signal, which is there before this ends. */
const FIRST_SIGNAL_MS = 10_000;

/** Makes one attempt by hand for each signal, one after another. */
export async function resendMessage(input: ResendMessageInput): Promise<ResendTotals> {
  const { handedOn, ...delivery } = input;
  let waiting = handedOn?.waiting ?? 0;
  let totals = handedOn?.totals ?? NOTHING_YET;
  setHandler(defineSignal(RESEND_SIGNAL), () => void waiting++);
  await condition(() => waiting > 0, FIRST_SIGNAL_MS);

  while (waiting > 0) {
    setCurrentDetails(describe(totals, waiting));
    const summary = `attempt by hand: ${delivery.messageId} → ${delivery.endpointId}`;
    const options = { summary, priority: { fairnessKey: delivery.applicationId } };
    const { result } = await makeAttemptByHand.executeWithOptions(options, [delivery]);
    if (result !== "busy") {
      waiting--;
      totals = withResult(totals, result);
    }
    if (waiting > 0 && workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof resendMessage>({ ...delivery, handedOn: { waiting, totals } });
    }
  }
  return totals;
}

function withResult(totals: ResendTotals, result: Exclude<ResendResult, "busy">): ResendTotals {
  return { ...totals, [result]: totals[result] + 1 };
}

/** For people in Temporal's UI. */
function describe({ succeeded, failed, refused }: ResendTotals, waiting: number): string {
  return `${succeeded} delivered, ${failed} failed, ${refused} refused, ${waiting} to be made`;
}
