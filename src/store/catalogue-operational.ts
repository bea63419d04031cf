import type { OperationalEvent } from "../domain/operational-events.ts";

/**
 * What organizations are yet to be told. Kept by the database itself, in the transaction of what it
 * tells of, and only where an endpoint of the organization's own asks for it.
 */
export type OperationalEvents = {
  /** The oldest that nobody has taken. Each is taken: it is not offered again before `untilMs`. */
  take(nowMs: number, untilMs: number, rowsMax: number): Promise<readonly KeptOperationalEvent[]>;
  /** They are told, and forgotten. */
  forget(ids: readonly string[]): Promise<void>;
};

export type KeptOperationalEvent = {
  /** Never that of another one, of whatever organization. */
  readonly id: string;
  readonly organizationId: string;
  readonly event: OperationalEvent;
};
