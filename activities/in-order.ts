import type { CarryLine, LineReport } from "../src/delivery/lines/carry-line.ts";
import { withHeartbeats } from "./heartbeats.ts";

export type InOrderActivityDeps = { readonly carryLine: CarryLine };

/** Carries an ordered endpoint's line for some seconds. */
export function createCarryLineActivity({ carryLine }: InOrderActivityDeps) {
  return (endpointId: string, dueAtMs: number): Promise<LineReport> =>
    withHeartbeats(() => carryLine(endpointId, dueAtMs));
}
