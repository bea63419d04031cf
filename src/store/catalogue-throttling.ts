export type Throttling = {
  /** Since when attempts at the endpoint have been waiting for their time; null: none does. */
  since(endpointId: string, nowMs: number): Promise<number | null>;
};
