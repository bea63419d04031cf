/** One page of a list that is sorted by id (event types: by name). */
export type PageQuery = {
  readonly limit: number;
  readonly order: "ascending" | "descending";
  /** Starts after the row with this id … */
  readonly after?: string;
  /** … or ends before it, to page backwards. The rows come in the list's order all the same. */
  readonly before?: string;
};

/** `hasMore`: there are further rows in the direction in which the page was asked for. */
export type Page<Row> = { readonly rows: readonly Row[]; readonly hasMore: boolean };

/** Ids bound the time: `idFrom` ≤ id < `idBelow`. */
export type TimeRange = { readonly idFrom?: string; readonly idBelow?: string };
