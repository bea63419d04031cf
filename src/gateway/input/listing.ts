import { z } from "zod";
import { isId, type IdPrefix } from "../../domain/ids.ts";
import type { Page, PageQuery } from "../../store/catalogue.ts";
import { queryNumber } from "./query-number.ts";

export const LIMIT_DEFAULT = 50;
export const LIMIT_MAX = 250;
export const ITERATOR_TEXT =
  "The iterator or prevIterator of another page; without it, the first page";

export const LIMIT = queryNumber(
  z
    .int()
    .min(1)
    .max(LIMIT_MAX, { error: `Given limit must not exceed ${LIMIT_MAX}` }),
)
  .default(LIMIT_DEFAULT)
  .describe("How many a page has at most");

export const ORDER = z.enum(["ascending", "descending"]).meta({ id: "Ordering" });

/** A list's last id; or its first with a "-" before it, to page backwards. */
export function iterator(prefix: IdPrefix) {
  return z
    .string()
    .refine((text) => isId(prefix, text.replace(/^-/, "")), {
      error: `Input should be an iterator from this list: ${prefix}_…, or -${prefix}_… to go back`,
    })
    .describe(ITERATOR_TEXT);
}

/** "true" or "false" in a query. */
export const FLAG = z
  .enum(["true", "false"])
  .transform((text) => text === "true")
  .pipe(z.boolean());

export function listOf<Row extends z.ZodType>(row: Row, name: string) {
  const list = z.object({
    data: z.array(row),
    done: z.boolean().describe("Whether this is the last page"),
    iterator: z.string().nullable().describe("Asks for the next page"),
    prevIterator: z.string().nullish().describe("Asks for the page before this one"),
  });
  return list.meta({ id: `ListResponse_${name}_` });
}

type Asked = { readonly limit: number; readonly iterator?: string | undefined };

export function pageQuery(asked: Asked, order: PageQuery["order"]): PageQuery {
  const { limit, iterator: cursor } = asked;
  if (cursor === undefined) return { limit, order };
  return cursor.startsWith("-")
    ? { limit, order, before: cursor.slice(1) }
    : { limit, order, after: cursor };
}

/** `keyOf`: what the list is sorted by. A list that is read backwards has its next page there. */
export function listAnswer<Row, Out>(
  page: Page<Row>,
  keyOf: (row: Row) => string,
  toOut: (row: Row) => Out,
  isReadBackwards = false,
) {
  const [first, last] = [page.rows.at(0), page.rows.at(-1)];
  const previous = first === undefined ? null : `-${keyOf(first)}`;
  const next = last === undefined ? null : keyOf(last);
  const body = {
    data: page.rows.map(toOut),
    iterator: isReadBackwards ? previous : next,
    ...(previous === null ? {} : { prevIterator: previous }),
    done: !page.hasMore,
  };
  return { status: 200, body };
}
