import type { MessageScan, Scanned } from "../catalogue-tasks.ts";
import type { Bound } from "./page.ts";

/**
 * Of these rows at most, in the order of their ids, each page is found: SQLite does nothing else
 * meanwhile, and on Postgres nothing runs long, however rare what is looked for.
 */
export const ROWS_MAX = 1_000;

/** One bound at each end: an index is entered at one of them, and others would only filter. */
export function boundsOf(scan: MessageScan, end: string | null = null): readonly Bound[] {
  const { after, idFrom, idBelow } = scan;
  return [
    after < idFrom ? { operator: ">=", key: idFrom } : { operator: ">", key: after },
    end === null ? { operator: "<", key: idBelow } : { operator: "<=", key: end },
  ];
}

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
