import type { DatabaseSync } from "node:sqlite";

export type TurnWriter = {
  /** Runs `work` in the transaction of this turn; resolves when it is on the disk. */
  write<Result>(work: () => Result): Promise<Result>;
  /** The same for what nobody waits for: it goes with the next transaction, 10 ms later at most. */
  writeSoon<Result>(work: () => Result): Promise<Result>;
  /** Commits what waits, at once. */
  flush(): void;
};

type Waiting = {
  readonly work: () => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
};

const SOON_MS = 10;

/**
 * Everything that is written in one turn of the event loop shares one transaction and one fsync.
 * If a piece of work throws, the others of its turn are done again, each by itself.
 */
export function createTurnWriter(db: DatabaseSync): TurnWriter {
  let waiting: Waiting[] = [];
  let thisTurn: NodeJS.Immediate | undefined;
  let soon: NodeJS.Timeout | undefined;
  const begin = db.prepare("begin immediate");
  const commit = db.prepare("commit");
  const rollback = db.prepare("rollback");

  function inTransaction(group: readonly Waiting[]): unknown[] {
    begin.run();
    try {
      const results = group.map(({ work }) => work());
      commit.run();
      return results;
    } catch (error) {
      if (db.isTransaction) rollback.run();
      throw error;
    }
  }

  function flush(): void {
    const group = waiting;
    waiting = [];
    clearImmediate(thisTurn);
    clearTimeout(soon);
    thisTurn = soon = undefined;
    if (group.length === 0) return;
    try {
      const results = inTransaction(group);
      group.forEach(({ resolve }, i) => resolve(results[i]));
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) writeAlone(one);
    }
  }

  function writeAlone(one: Waiting): void {
    try {
      one.resolve(inTransaction([one])[0]);
    } catch (error) {
      one.reject(error);
    }
  }

  function add<Result>(work: () => Result): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      waiting.push({ work, resolve: resolve as (result: unknown) => void, reject });
    });
  }

  return {
    write(work) {
      thisTurn ??= setImmediate(flush);
      return add(work);
    },
    writeSoon(work) {
      soon ??= setTimeout(flush, SOON_MS);
      return add(work);
    },
    flush,
  };
}
