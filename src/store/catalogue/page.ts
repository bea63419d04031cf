import type { Page, PageQuery, TimeRange } from "../catalogue.ts";

/** How to read a page's rows by their key: within the bounds, in this direction, at most so many. */
export type Scan = {
  readonly bounds: readonly Bound[];
  readonly direction: "asc" | "desc";
  readonly rowsMax: number;
};

export type Bound = { readonly operator: ">" | ">=" | "<" | "<="; readonly key: string };

/**
 * Reads one row more than asked for, to know whether there are further ones. A page that ends
 * before a row is read from there backwards, and turned round.
 */
export async function readPage<Row>(
  query: PageQuery & TimeRange,
  read: (scan: Scan) => Promise<readonly Row[]>,
): Promise<Page<Row>> {
  const backwards = query.before !== undefined;
  const ascending = (query.order === "ascending") !== backwards;
  const rows = await read({
    bounds: boundsOf(query, ascending),
    direction: ascending ? "asc" : "desc",
    rowsMax: query.limit + 1,
  });
  const kept = rows.slice(0, query.limit);
  return { rows: backwards ? kept.toReversed() : kept, hasMore: rows.length > query.limit };
}

function boundsOf(query: PageQuery & TimeRange, ascending: boolean): readonly Bound[] {
  const cursor = query.before ?? query.after;
  const lower: Bound[] = [];
  const upper: Bound[] = [];
  if (query.idFrom !== undefined) lower.push({ operator: ">=", key: query.idFrom });
  if (query.idBelow !== undefined) upper.push({ operator: "<", key: query.idBelow });
  if (cursor !== undefined && ascending) lower.push({ operator: ">", key: cursor });
  if (cursor !== undefined && !ascending) upper.push({ operator: "<", key: cursor });

  // One bound at each end: an index is entered at one of them, and others would only filter.
  const lowest = lower.sort((a, b) => compare(b, a) || b.operator.length - a.operator.length);
  const highest = upper.sort(compare);
  return [...lowest.slice(0, 1), ...highest.slice(0, 1)];
}

function compare(a: Bound, b: Bound): number {
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}
