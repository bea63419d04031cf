import { createRecentlyUsed } from "./recently-used.ts";

export type RecentOptions<Value> = {
  readonly forMs: number;
  /** What was asked for longest ago is forgotten first. */
  readonly keysMax: number;
  /** Whether it is remembered; without, all is. */
  readonly isKept?: (value: Value) => boolean;
};

type Read<Value> = { readonly value: Promise<Value>; readonly untilMs: number };

/** Reads what a key stands for at most once in so long, whoever asks. What fails is not remembered. */
export function createRecent<Value>(
  read: (key: string) => Promise<Value>,
  { forMs, keysMax, isKept = () => true }: RecentOptions<Value>,
): (key: string) => Promise<Value> {
  const reads = createRecentlyUsed<Read<Value>>(keysMax);
  return async (key) => {
    // From when it begins to be read: what changes meanwhile may have been missed.
    const nowMs = performance.now();
    const known = reads.get(key);
    if (known !== undefined && nowMs < known.untilMs) return known.value;
    const begun = { value: read(key), untilMs: nowMs + forMs };
    reads.set(key, begun, 1);
    const forget = (): void => {
      if (reads.get(key) === begun) reads.remove(key);
    };
    try {
      const value = await begun.value;
      if (!isKept(value)) forget();
      return value;
    } catch (error) {
      forget();
      throw error;
    }
  };
}
