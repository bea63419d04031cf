/** What came of an application's attempts, counted by when they ended. */
export type Statistics = {
  /** By event type; those that had no attempt are left out. */
  byEventType(applicationId: string, span: Span): Promise<ReadonlyMap<string, AttemptCounts>>;
  /**
   * By period, the key being when it begins: a multiple of `periodMs` (Unix ms). Those without an
   * attempt are left out.
   */
  byPeriod(
    applicationId: string,
    span: Span,
    periodMs: number,
  ): Promise<ReadonlyMap<number, AttemptCounts>>;
};

export type Span = {
  readonly fromMs: number;
  /** Not counted itself. */
  readonly untilMs: number;
  /** Without it, or empty: all. */
  readonly eventTypes?: readonly string[];
};

export type AttemptCounts = { readonly succeeded: number; readonly failed: number };
