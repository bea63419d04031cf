import { DatabaseError } from "pg";

export type GroupOptions<Item, Result> = {
  /** One statement; its results in the order of the items. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Items of one key never share a statement: it would see the row as it was before both. */
  readonly keyOf: (item: Item) => string;
  readonly bytesOf?: (item: Item) => number;
  /** More than one only where the order of statements does not matter. */
  readonly statementsMax: number;
};

const ITEMS_MAX = 500;
const BYTES_MAX = 8_000_000;

type Waiting<Item, Result> = {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Calls that come in the same turn of the event loop, or while statements are under way, share the
 * next one. If the database refuses a group, its members are tried one by one, so that a bad one
 * fails alone.
 */
export function createGrouped<Item, Result>(
  options: GroupOptions<Item, Result>,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let underWay = 0;
  let scheduled = false;

  function schedule(): void {
    if (scheduled || waiting.length === 0 || underWay >= options.statementsMax) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      const { group, rest } = nextGroup(waiting, options);
      waiting = rest;
      underWay++;
      void runGroup(group, options.run).finally(() => {
        underWay--;
        schedule();
      });
      schedule();
    });
  }

  return async (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      schedule();
    });
}

function nextGroup<Item, Result>(
  waiting: readonly Waiting<Item, Result>[],
  { keyOf, bytesOf }: GroupOptions<Item, Result>,
): { group: Waiting<Item, Result>[]; rest: Waiting<Item, Result>[] } {
  const group: Waiting<Item, Result>[] = [];
  const rest: Waiting<Item, Result>[] = [];
  const keys = new Set<string>();
  let bytes = 0;
  for (const one of waiting) {
    const key = keyOf(one.item);
    bytes += bytesOf?.(one.item) ?? 0;
    const fits = group.length < ITEMS_MAX && (bytes <= BYTES_MAX || group.length === 0);
    if (fits && !keys.has(key)) {
      keys.add(key);
      group.push(one);
    } else {
      rest.push(one);
    }
  }
  return { group, rest };
}

/** Settles every member; never rejects. */
async function runGroup<Item, Result>(
  group: readonly Waiting<Item, Result>[],
  run: GroupOptions<Item, Result>["run"],
): Promise<void> {
  try {
    const results = await run(group.map(({ item }) => item));
    group.forEach(({ resolve }, i) => resolve(results[i] as Result));
  } catch (error) {
    // Without an answer from the database there is no bad neighbour: it is gone for all of them.
    if (group.length === 1 || !(error instanceof DatabaseError)) {
      group.forEach(({ reject }) => reject(error));
      return;
    }
    for (const one of group) await runGroup([one], run);
  }
}
