import { setImmediate as nextTurn } from "node:timers/promises";

/** How often others have their turn until this is done: on any machine as often as it pauses. */
export async function turnsUntil(done: Promise<unknown>): Promise<number> {
  const stop = new AbortController();
  const ended = done.finally(() => stop.abort());
  let count = 0;
  while (!stop.signal.aborted) {
    await nextTurn();
    count++;
  }
  await ended;
  return count;
}
