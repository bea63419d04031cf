import { setTimeout as sleep } from "node:timers/promises";

/** Bounds how many attempts the background tasks of a process make each second, all together. */
export type Pace = {
  /** Resolves when so many more may be made: one after another, or at once when the signal comes. */
  next(count: number, signal: AbortSignal): Promise<void>;
};

export function createPace(perSecond: number): Pace {
  const gapMs = 1_000 / perSecond;
  let freeAtMs = 0;
  return {
    async next(count, signal) {
      const nowMs = performance.now();
      const atMs = Math.max(nowMs, freeAtMs);
      freeAtMs = atMs + count * gapMs;
      if (atMs === nowMs || signal.aborted) return;
      await sleep(atMs - nowMs, undefined, { signal }).catch(() => undefined);
    },
  };
}
