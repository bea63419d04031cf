import type { AttemptToMake, Lease, ManualClaimResult, ManualRecord, Store } from "../store.ts";
import { aRecord, RAVEN } from "./fixtures.ts";

/** An attempt at the same delivery. */
export async function claimManual(
  store: Store,
  { messageId, endpointId, applicationId }: AttemptToMake,
  lease: Lease,
  since: { readonly unlessAttemptedFrom?: string } = {},
): Promise<ManualClaimResult> {
  const result = await store.claimManual({ messageId, endpointId, applicationId, ...since }, lease);
  if (result.kind !== "claimed") return result;
  // One database gives bytes, the other Node's own kind of them.
  const payload = Buffer.from(result.attempt.payload);
  return { kind: "claimed", attempt: { ...result.attempt, payload } };
}

/** A failure, unless `changes` say otherwise. */
export function byHand(
  made: AttemptToMake,
  changes: Partial<ManualRecord["attempt"]> = {},
): ManualRecord {
  const attempt = { number: 0, trigger: "manual", ...changes } as const;
  const { state: _, nextAttemptAtMs: __, ...record } = aRecord(made, attempt);
  return { ...record, holder: RAVEN.holder, endpointIsGone: false };
}
