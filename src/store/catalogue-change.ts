export type WriteResult<Row> =
  { readonly kind: "written"; readonly row: Row } | { readonly kind: "uid_taken" };

/**
 * What a row becomes. It may be called again with a newer row, where another call wrote in between;
 * what it throws goes to the caller, and nothing is written.
 */
export type Change<Row> = (found: Row) => Row;
