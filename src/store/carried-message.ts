/** A message that a workflow carries to its endpoints. */
export type CarriedMessage = {
  readonly id: string;
  readonly applicationId: string;
  /** How many of its deliveries have not ended, overdue or not. */
  readonly deliveries: number;
  /** 0 at first; it grows each time that the schedule of one of its deliveries begins anew. */
  readonly round: number;
};
