import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { BegunCall, CallAnswer, IdempotentCalls } from "../../store/catalogue-idempotency.ts";

/** Does what a key stands for once; whoever comes later with the same key gets the same answer. */
export type Once = (key: string, act: () => Promise<CallAnswer>) => Promise<OnceAnswer>;

export type OnceAnswer = CallAnswer & { readonly isRepeated: boolean };

const POLL_MIN_MS = 10;
const POLL_MAX_MS = 200;

/**
 * Only successes are kept: what was refused changed nothing, and may be allowed the next time. A
 * twin that comes meanwhile waits, and does it itself where the first fails or dies.
 */
export function createOnce(calls: IdempotentCalls, logger: Logger): Once {
  return async (key, act) => {
    const begun = await beginOrAnswer(calls, key);
    if (!("begunAtMs" in begun)) return { ...begun, isRepeated: true };
    const answer = await abandonIfThrown(calls, begun, act);
    try {
      if (isSuccess(answer)) await calls.finish(begun, answer);
      else await calls.abandon(begun);
    } catch (error) {
      // It is done, and says so. Who asks again within CALL_LOST_MS waits, and then does it twice.
      logger.error({ err: error }, "the answer to an idempotent call could not be kept");
    }
    return { ...answer, isRepeated: false };
  };
}

/** Waits no longer than the first takes: one that has died loses its call after CALL_LOST_MS. */
async function beginOrAnswer(calls: IdempotentCalls, key: string): Promise<BegunCall | CallAnswer> {
  for (let waitMs = POLL_MIN_MS; ; waitMs = Math.min(2 * waitMs, POLL_MAX_MS)) {
    const nowMs = Date.now();
    const begun = await calls.begin(key, nowMs);
    if (begun.kind === "begun") return { key, begunAtMs: nowMs };
    if (begun.kind === "answered") return { status: begun.status, body: begun.body };
    await sleep(waitMs);
  }
}

async function abandonIfThrown(
  calls: IdempotentCalls,
  begun: BegunCall,
  act: () => Promise<CallAnswer>,
): Promise<CallAnswer> {
  try {
    return await act();
  } catch (error) {
    // What was thrown is what matters, even where the database fails this, too.
    await calls.abandon(begun).catch(() => undefined);
    throw error;
  }
}

function isSuccess({ status }: CallAnswer): boolean {
  return status >= 200 && status <= 299;
}
