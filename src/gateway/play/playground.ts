import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Plays } from "../../store/catalogue-plays.ts";
import { createWatch, type Watch } from "../live/watch.ts";

/** What public request bins need of this process. */
export type Playground = {
  /** By the ids of bins. */
  readonly live: Watch<PlayArrival>;
  /** Resolves after a while, or at once where too many wait already, or when we stop. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
};

export type PlayArrival = { readonly requestId?: string };

/** Answers that are held back hold a connection each. */
const WAITING_MAX = 200;
const NEWEST_MAX = 50;

export function createPlayground(plays: Pick<Plays, "newest">, logger: Logger): Playground {
  const closing = new AbortController();
  const live = createWatch({ look: createLook(plays), logger });
  let waiting = 0;
  return {
    live,
    async wait(ms, signal) {
      if (waiting >= WAITING_MAX) return;
      waiting += 1;
      const either = AbortSignal.any([signal, closing.signal]);
      await sleep(ms, undefined, { signal: either, ref: false }).catch(() => undefined);
      waiting -= 1;
    },
    async close() {
      closing.abort();
      await live.close();
    },
  };
}

function createLook({ newest }: Pick<Plays, "newest">) {
  return async (id: string, before: ReadonlySet<string> | undefined) => {
    const ids = await newest(id, NEWEST_MAX);
    const seen: ReadonlySet<string> = new Set(ids);
    if (before === undefined) return { seen, events: [] };
    const arrived = ids.filter((one) => !before.has(one));
    if (arrived.length === NEWEST_MAX) return { seen, events: [{}] };
    const events: readonly PlayArrival[] = arrived.toReversed().map((requestId) => ({ requestId }));
    // Somebody has cleared it.
    const isCleared = before.size > 0 && ids.length === 0;
    return { seen, events: isCleared ? [{}] : events };
  };
}
