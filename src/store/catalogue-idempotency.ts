/** POSTs that carried an Idempotency-Key, by what stands for it (see the gateway's). */
export type IdempotentCalls = {
  /**
   * Whether the caller is to do it: "begun", once for each key, until it is abandoned, or
   * CALL_LOST_MS have passed without an answer, or IDEMPOTENT_MS with one.
   */
  begin(key: string, nowMs: number): Promise<CallBegun>;
  /** Keeps its answer, for those who ask again. */
  finish(begun: BegunCall, answer: CallAnswer): Promise<void>;
  /** It came to nothing: whoever waits for its answer, or asks again, does it. */
  abandon(begun: BegunCall): Promise<void>;
  /** The id of the message that was accepted with this key. */
  messageOf(key: string): Promise<string | undefined>;
  /** That message is not there: the next call with this key is the first. */
  forgetMessage(key: string, messageId: string): Promise<void>;
};

/** A call without an answer after so long is taken over: the process that made it has died. */
export const CALL_LOST_MS = 30_000;

export type CallBegun =
  { readonly kind: "begun" } | { readonly kind: "under_way" } | (CallAnswer & Answered);

type Answered = { readonly kind: "answered" };

export type CallAnswer = {
  readonly status: number;
  /** null where it has none. */
  readonly body: string | null;
};

/** `begunAtMs` tells it from the one that took it over. */
export type BegunCall = { readonly key: string; readonly begunAtMs: number };
