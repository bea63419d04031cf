export type RecentlyUsed<Value> = {
  readonly get: (key: string) => Value | undefined;
  readonly set: (key: string, value: Value, weight: number) => void;
  readonly remove: (key: string) => void;
};

/** Keeps what was used last, as far as it weighs no more than `weightMax` in all. */
export function createRecentlyUsed<Value>(weightMax: number): RecentlyUsed<Value> {
  // In the order in which they were used.
  const entries = new Map<string, { readonly value: Value; readonly weight: number }>();
  let total = 0;

  const remove = (key: string): void => {
    total -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  };
  const put = (key: string, value: Value, weight: number): void => {
    remove(key);
    entries.set(key, { value, weight });
    total += weight;
  };

  return {
    remove,
    get(key) {
      const found = entries.get(key);
      if (found !== undefined) put(key, found.value, found.weight);
      return found?.value;
    },
    set(key, value, weight) {
      put(key, value, weight);
      for (const oldest of entries.keys()) {
        if (total <= weightMax) return;
        remove(oldest);
      }
    },
  };
}
