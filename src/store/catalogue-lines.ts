/** The lines of ordered endpoints, as people switch them, and as the sweep looks at them. */
export type LinesToSee = {
  /**
   * Endpoints that were made ordered, or are so no more, as of `nowMs` (Unix). Each is taken: it is
   * not offered again within a while.
   */
  takeSwitched(nowMs: number, rowsMax: number): Promise<readonly SwitchedLine[]>;
  /**
   * Gives all that is pending there its place, by the time at which it was accepted; or has it leave
   * the line, to be swept when it is due. Does nothing if it was switched again.
   */
  settle(line: SwitchedLine, nowMs: number): Promise<void>;
  /**
   * Of the next `rowsMax` ordered endpoints by id those whose first in line is overdue and claimed by
   * nobody; and where to go on, null after the last.
   */
  overdue(nowMs: number, afterId: string, rowsMax: number): Promise<OverdueLines>;
};

export type SwitchedLine = {
  readonly endpointId: string;
  readonly ordered: boolean;
  /** Unix, when it is offered again unless it was settled. */
  readonly takenUntilMs: number;
};

export type OverdueLines = {
  readonly endpointIds: readonly string[];
  readonly nextId: string | null;
};
