import { nextStep } from "../domain/delivery.ts";
import type { Attempt } from "../domain/records.ts";
import type { AttemptToMake, HotStore } from "../store/store.ts";
import type { Claimant } from "./claimant.ts";
import type { TellLine } from "./lines/tell-line.ts";
import { postAttempt, type PostDeps } from "./post-attempt.ts";

/** An attempt by hand that was made and recorded. Nothing follows from it. */
export type MadeManualAttempt = {
  readonly attempt: Omit<Attempt, "response">;
  readonly eventType: string;
};

/** Signs, posts and records one attempt that was claimed by hand. Throws only if it cannot record. */
export type MakeManualAttempt = (claimed: AttemptToMake) => Promise<MadeManualAttempt>;

export type MakeManualAttemptDeps = PostDeps &
  Pick<Claimant, "holder"> & {
    readonly store: Pick<HotStore, "recordManual">;
    readonly tellLine: TellLine;
  };

export function createMakeManualAttempt(deps: MakeManualAttemptDeps): MakeManualAttempt {
  return async (claimed) => {
    const { outcome, attempt, headers } = await postAttempt(deps, claimed, "manual");
    // As the last of a schedule, after which there is no other attempt.
    const last = nextStep(outcome, 1, []);
    const endpointIsGone = last.kind === "end" && last.end === "endpoint_gone";
    const { eventType, labels } = claimed;
    const { holder } = deps;
    await deps.store.recordManual({ attempt, headers, eventType, labels, holder, endpointIsGone });
    // Those behind it at an ordered endpoint need not wait for its next attempt.
    if (claimed.inLine === true && attempt.succeeded) deps.tellLine(claimed.endpointId);
    const { response: _, ...made } = attempt;
    return { attempt: made, eventType };
  };
}
