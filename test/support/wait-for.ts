import { setTimeout as delay } from "node:timers/promises";

/** Long, because it is only ever waited for in full by a test that fails. */
const WAIT_MS_MAX = 60_000;
const POLL_MS = 10;

/** Asks until there is an answer. Throws with `what` if none comes. */
export async function waitFor<Value>(
  what: string,
  ask: () => Value | undefined | Promise<Value | undefined>,
  withinMs = WAIT_MS_MAX,
): Promise<Value> {
  const deadlineMs = Date.now() + withinMs;
  for (;;) {
    // A process that stood still until after the deadline looks once more.
    const isLastLook = Date.now() > deadlineMs;
    const value = await ask();
    if (value !== undefined) return value;
    if (isLastLook) throw new Error(`Waited in vain for ${what}`);
    await delay(POLL_MS);
  }
}
