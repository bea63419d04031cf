import type { Logger } from "pino";
import { startRounds, type Rounds } from "../../delivery/rounds.ts";
import { problem } from "../http/problem.ts";

/**
 * Tells those who watch something what has become of it. The store is asked once a second for each
 * thing that is watched, however many watch it, and for nothing where nobody does: so it does not
 * matter which process made the change.
 */
export type Watch<Event> = {
  /** Throws a ProblemError: 429 if too many watch, 503 if we stop. */
  join(key: string, watcher: Watcher<Event>): Leave;
  /** Ends with all who watch. */
  close(): Promise<void>;
};

export type Watcher<Event> = {
  /** From now on nothing is missed. */
  ready(): void;
  tell(event: Event): void;
  /** We stop. */
  end(): void;
};

export type Leave = () => void;

/** What is new since it last looked; `seen` is undefined at first, when nothing is. */
export type Look<Seen, Event> = (
  key: string,
  seen: Seen | undefined,
) => Promise<{ readonly seen: Seen; readonly events: readonly Event[] }>;

export type WatchOptions<Seen, Event> = {
  readonly look: Look<Seen, Event>;
  readonly logger: Logger;
  readonly intervalMs?: number;
  readonly watchersMax?: number;
  readonly watchersOfOneMax?: number;
};

type Watched<Seen, Event> = { readonly watchers: Set<Watcher<Event>>; seen: Seen | undefined };

const INTERVAL_MS = 1_000;
/** Of a process: each holds a connection, and each thing that is watched costs some queries a second. */
const WATCHERS_MAX = 500;
const WATCHERS_OF_ONE_MAX = 50;

export function createWatch<Seen, Event>(options: WatchOptions<Seen, Event>): Watch<Event> {
  const { look, logger, intervalMs = INTERVAL_MS } = options;
  const { watchersMax = WATCHERS_MAX, watchersOfOneMax = WATCHERS_OF_ONE_MAX } = options;
  const watched = new Map<string, Watched<Seen, Event>>();
  let watchers = 0;
  let isClosed = false;
  let rounds: Rounds | undefined;

  async function round(signal: AbortSignal): Promise<void> {
    // One after another: whoever watches many takes one connection of the pool, and no more.
    for (const [key, one] of watched) {
      if (signal.aborted) return;
      await lookAt(key, one);
    }
  }

  async function lookAt(key: string, one: Watched<Seen, Event>): Promise<void> {
    try {
      const isFirst = one.seen === undefined;
      const { seen, events } = await look(key, one.seen);
      one.seen = seen;
      for (const watcher of one.watchers) {
        if (isFirst) watcher.ready();
        for (const event of events) watcher.tell(event);
      }
    } catch (error) {
      logger.warn({ err: error, key }, "could not look for what is new");
    }
  }

  return {
    join(key, watcher) {
      if (isClosed) throw problem(503, "unavailable", "This process is stopping: connect again");
      const one = watched.get(key) ?? { watchers: new Set(), seen: undefined };
      if (one.watchers.size >= watchersOfOneMax) throw tooMany(watchersOfOneMax, "it");
      if (watchers >= watchersMax) throw tooMany(watchersMax, "something, in this process");
      watched.set(key, one);
      one.watchers.add(watcher);
      watchers += 1;
      rounds ??= startRounds(round, intervalMs);
      if (one.seen !== undefined) watcher.ready();

      return () => {
        if (!one.watchers.delete(watcher)) return;
        watchers -= 1;
        if (one.watchers.size === 0) watched.delete(key);
        if (watchers > 0) return;
        void rounds?.stop();
        rounds = undefined;
      };
    },
    async close() {
      isClosed = true;
      const running = rounds;
      for (const one of watched.values()) for (const watcher of one.watchers) watcher.end();
      await running?.stop();
    },
  };
}

function tooMany(max: number, what: string): Error {
  const detail = `${max} watch ${what} already, which are as many as may at once: look again later`;
  return problem(429, "too_many_watchers", detail);
}
