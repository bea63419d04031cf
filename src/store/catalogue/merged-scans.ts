import {
  sql,
  type AliasedRawBuilder,
  type Expression,
  type SelectQueryBuilder,
  type SqlBool,
} from "kysely";
import type { Scan } from "./page.ts";

/** What a row is found by; `key` is what its list is sorted by. */
export type Key = { readonly key: string };

/**
 * The keys of one page, from at least one scan; each is in order and limited to a page already, so
 * that none reads more than that, however many rows there are. No two may find the same row.
 */
export function mergedScans<K extends Key>(
  scans: readonly Expression<K>[],
  { direction, rowsMax }: Scan,
): AliasedRawBuilder<K, "page"> {
  // SQLite limits a member of a union only inside a subquery.
  const members = scans.map((scan) => sql`select * from ${scan} as scan`);
  const union = sql.join(members, sql` union all `);
  const [only] = scans.length === 1 ? scans : [];
  const page =
    only ?? sql`(${union} order by "key" ${sql.raw(direction)} limit ${sql.lit(rowsMax)})`;
  return sql<K>`${page}`.as("page");
}

/** The bounds of a page, on the column that its list is sorted by. */
export function within({ bounds }: Scan, column: string): readonly Expression<SqlBool>[] {
  const ref = sql.ref<string>(column);
  return bounds.map(({ operator, key }) => sql<SqlBool>`${ref} ${sql.raw(operator)} ${key}`);
}

/**
 * What is asked of each row of a scan. An offset keeps Postgres from joining it instead, which it
 * would do by reading both tables whole: it takes such rows to be few.
 */
export function oneByOne<DB, TB extends keyof DB, O>(
  rows: SelectQueryBuilder<DB, TB, O>,
): SelectQueryBuilder<DB, TB, O> {
  return rows.limit(1).offset(0);
}
