import type { MessageScan, Scanned } from "../catalogue-tasks.ts";

/**
 * Of these rows at most, in the order of their ids, each page is found: SQLite does nothing else
 * meanwhile, and on Postgres nothing runs long, however rare what is looked for.
 */
export const ROWS_MAX = 1_000;

/** `end`: how far was looked; null if to the end of the range. */
export function pageOf(
  found: readonly string[],
  end: string | null,
  { idsMax }: MessageScan,
): Scanned {
  const ids = found.slice(0, idsMax);
  const last = ids.at(-1);
  const isCut = ids.length === idsMax && last !== undefined;
  return { ids, scannedTo: isCut ? last : end };
}

/** Of ids, as the databases compare them. */
export function byteOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
