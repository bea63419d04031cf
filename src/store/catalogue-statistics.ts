import type { Attempt } from "../domain/records.ts";

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
  /** How long the newest attempts of the span took, in milliseconds: at most so many. */
  durations(applicationId: string, span: TimeSpan, rowsMax: number): Promise<readonly number[]>;
  /** For each of the endpoints, counts in each of the spans. */
  byEndpoint(
    endpointIds: readonly string[],
    spans: readonly TimeSpan[],
  ): Promise<ReadonlyMap<string, readonly AttemptCounts[]>>;
  /** The newest attempt at an endpoint that failed. */
  lastFailure(endpointId: string): Promise<Attempt | undefined>;
};

export type TimeSpan = {
  readonly fromMs: number;
  /** Not counted itself. */
  readonly untilMs: number;
};

export type Span = TimeSpan & {
  /** Without it, or empty: all. */
  readonly eventTypes?: readonly string[];
};

export type AttemptCounts = { readonly succeeded: number; readonly failed: number };
