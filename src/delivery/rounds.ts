import { setTimeout as sleep } from "node:timers/promises";

/** Something that is done again and again until it is stopped. */
export type Rounds = {
  /** Resolves when the round under way has ended. */
  stop(): Promise<void>;
};

/**
 * Begins a round at once, and the next one so long after each has ended. A round must not throw.
 */
export function startRounds(
  round: (signal: AbortSignal) => Promise<void>,
  intervalMs: number | (() => number),
): Rounds {
  const stopping = new AbortController();
  const nextInMs = typeof intervalMs === "number" ? () => intervalMs : intervalMs;
  const ended = run(round, nextInMs, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

/** Ends early, without an error, when it is to stop. Keeps no process alive. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
}

async function run(
  round: (signal: AbortSignal) => Promise<void>,
  nextInMs: () => number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await round(signal);
    await pause(nextInMs(), signal);
  }
}
