import { setImmediate as nextTurn } from "node:timers/promises";
import type { ReplayWork } from "../../domain/background-task.ts";
import type { Catalogue } from "../../store/catalogue.ts";
import { scanReplayed } from "./scan-replayed.ts";

export type Counted = {
  readonly count: number;
  /** false: there may be more. */
  readonly isExact: boolean;
  readonly first: string | undefined;
  readonly last: string | undefined;
};

export const COUNTED_MAX = 10_000;
/** A look reads so many rows at most, with pauses between for others. */
const PAGE_IDS = 1_000;
/** Looks that find little: what is looked for is rare among what there is. */
const LOOKS_MAX = 50;

/** How many messages the work is about: as many as are there, or as are looked at. */
export async function countReplayed(
  store: Pick<Catalogue, "replays" | "endpoints">,
  work: ReplayWork,
  { countedMax = COUNTED_MAX, looksMax = LOOKS_MAX } = {},
): Promise<Counted> {
  let count = 0;
  let first: string | undefined;
  let last: string | undefined;
  let after: string | null = "";
  for (let looks = 0; after !== null && count < countedMax && looks < looksMax; looks++) {
    const idsMax = Math.min(PAGE_IDS, countedMax - count);
    const { ids, scannedTo } = await scanReplayed(store, work, { after, idsMax });
    count += ids.length;
    first ??= ids[0];
    last = ids.at(-1) ?? last;
    after = scannedTo;
    await nextTurn();
  }
  return { count, isExact: after === null, first, last };
}
