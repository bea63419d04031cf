/** How long one call is willing to wait, shared by all that it waits for. */
export type Patience = {
  leftMs(): number;
  /** The value, or undefined if patience ended first. Rejects as `value` does. */
  waitFor<Value>(value: Promise<Value>): Promise<Value | undefined>;
  [Symbol.dispose](): void;
};

export function createPatience(patienceMs: number): Patience {
  const endsAtMs = performance.now() + patienceMs;
  const { promise: ended, resolve: end } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => end(undefined), patienceMs);
  return {
    leftMs: () => Math.max(0, endsAtMs - performance.now()),
    waitFor: (value) => Promise.race([value, ended]),
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
