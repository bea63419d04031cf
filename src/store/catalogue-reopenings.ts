/** Deliveries of one endpoint whose schedule is to begin anew, whatever came of it before. */
export type Reopening = {
  readonly applicationId: string;
  readonly endpointId: string;
  readonly messageIds: readonly string[];
  readonly nowMs: number;
  /** What has begun anew at this time or later is left as it is; null begins it once more. */
  readonly unlessSinceMs: number | null;
};

/** A message of which a delivery has begun anew. */
export type Reopened = {
  readonly id: string;
  readonly applicationId: string;
  /** How many of its deliveries have not ended. */
  readonly deliveries: number;
  /** It grows with each that begins anew. */
  readonly round: number;
  readonly eventType: string;
  /** Its endpoint is ordered: it is carried with the line. */
  readonly isInLine: boolean;
  /** No workflow was started for it yet, and one has to be. */
  readonly isWaiting: boolean;
};
