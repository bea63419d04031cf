import { idTimeMs } from "../domain/ids.ts";
import type { DueAttempt } from "../domain/waiting.ts";

/** What stands in line at an ordered endpoint is swept with its line, and only then by itself. */
export const LINE_OVERDUE_MS = 86_400_000;

/** A delivery that has not ended, as far as its next attempt. */
export type PendingDelivery = DueAttempt & { readonly nextAttemptAtMs: number };

/** Who is to be attempted next at ordered endpoints. */
export type Lines = {
  /**
   * At most `rowsMax` that stand in line, the first one first. What is to be sent later than
   * `dueAtMs` (Unix), and later than now, does not stand there so far.
   */
  line(endpointId: string, dueAtMs: number, rowsMax: number): Promise<Line>;
};

/** Of what was accepted when its endpoint was not ordered: by its message's id. */
export function acceptancePlace(messageId: string): number {
  return (idTimeMs("msg", messageId) ?? 0) * 1_000;
}

/** A delivery that was accepted for an ordered endpoint. */
export type InLine = {
  readonly endpointId: string;
  /** The first in line waits for its next attempt, so there is nothing to do so far. */
  readonly isHeld: boolean;
};

/** Who waits for less than this is as good as due. */
export const HELD_UP_MS = 1_000;

export type Line =
  /** The endpoint is not ordered: nobody stands in line. */
  | { readonly kind: "none" }
  /** It was made ordered a moment ago: what is pending there takes its place. */
  | { readonly kind: "forming" }
  | {
      readonly kind: "formed";
      readonly waiting: readonly PendingDelivery[];
      /** When the next joins that is to be sent later; null: there is none. */
      readonly nextAtMs: number | null;
    };
