import { createContext, Script } from "node:vm";

const context: { act: (() => void) | undefined } = { act: undefined };
createContext(context);
const CALL = new Script("act()");
/** Of the time: what has had less of the processor was not what took it. */
const PROCESSOR_PART_MIN = 0.1;
const TRIES_MAX = 3;

/**
 * Does `act` and answers true; or breaks it off when the time is up, wherever it is, and answers
 * false. A regular expression or a schema of somebody else's can take for ever, and only V8 itself
 * can end that. Costs the start of a thread, some 0.1 ms. Where the time passed because the machine
 * had no processor for us, it is done anew: `act` has to be what can be.
 */
export function finishesWithin(timeoutMs: number, act: () => void): boolean {
  for (let triesLeft = TRIES_MAX; triesLeft > 0; triesLeft--) {
    const before = process.threadCpuUsage();
    if (finishesOnce(timeoutMs, act)) return true;
    const { user, system } = process.threadCpuUsage(before);
    if ((user + system) / 1_000 > timeoutMs * PROCESSOR_PART_MIN) return false;
  }
  return false;
}

function finishesOnce(timeoutMs: number, act: () => void): boolean {
  context.act = act;
  try {
    CALL.runInContext(context, { timeout: timeoutMs });
    return true;
  } catch (error) {
    if (isTimeout(error)) return false;
    throw error;
  } finally {
    context.act = undefined;
  }
}

/** It is of the other context, and so is its class. */
function isTimeout(error: unknown): boolean {
  const isOne = typeof error === "object" && error !== null && "code" in error;
  return isOne && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
