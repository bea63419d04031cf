import type { Lease } from "../store/store.ts";

/** How this process claims attempts. */
export type Claimant = {
  /** Names this process as the holder of its claims. */
  readonly holder: string;
  readonly leaseMs: number;
};

export function leaseFrom(nowMs: number, { holder, leaseMs }: Claimant): Lease {
  return { holder, nowMs, untilMs: nowMs + leaseMs };
}
