import type { CarriedMessage } from "./store.ts";

/** Deliveries of one endpoint whose schedule is to begin anew, whatever came of it before. */
export type Reopening = {
  readonly applicationId: string;
  readonly endpointId: string;
  readonly messageIds: readonly string[];
  readonly nowMs: number;
  /** What has begun anew at this time or later is left as it is; null begins it once more. */
  readonly unlessSinceMs: number | null;
};

/** One that has begun anew. */
export type Reopened = CarriedMessage & {
  readonly eventType: string;
  /** No workflow was started for it yet. */
  readonly isWaiting: boolean;
};
