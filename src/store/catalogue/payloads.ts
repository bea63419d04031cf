import { sql, type Kysely } from "kysely";
import type { Page, PageQuery } from "../catalogue.ts";
import type { Tables } from "../tables.ts";
import { unexpired } from "./unexpired.ts";

/** Of all payloads of a page. A page has one row at least. */
const PAGE_PAYLOAD_BYTES_MAX = 16 * 1024 * 1024;

/** What a list's rows have to do with messages. */
type PayloadOf<Row> = {
  /** undefined if the row has no message. */
  readonly messageId: (row: Row) => string | undefined;
  readonly withPayload: (row: Row, payload: Uint8Array | null) => Row;
};

/**
 * The page with its payloads, as far as they fit: the rows nearest to where it was asked for stay,
 * and there are more. How long payloads are is asked first, for which neither database reads them.
 */
export async function addPayloads<Row>(
  db: Kysely<Tables>,
  page: Page<Row>,
  query: PageQuery,
  { messageId, withPayload }: PayloadOf<Row>,
): Promise<Page<Row>> {
  const idOf = (row: Row) => messageId(row) ?? "";
  const lengths = await readLengths(db, new Set(page.rows.map(idOf)));
  const { rows, hasMore } = cut(page, query, (row) => lengths.get(idOf(row)) ?? 0);
  const payloads = await readPayloads(db, new Set(rows.map(idOf)));
  return { rows: rows.map((row) => withPayload(row, payloads.get(idOf(row)) ?? null)), hasMore };
}

function cut<Row>(
  page: Page<Row>,
  { before }: PageQuery,
  bytesOf: (row: Row) => number,
): Page<Row> {
  const backwards = before !== undefined;
  const nearest = backwards ? page.rows.toReversed() : page.rows;
  let bytes = 0;
  const tooMany = nearest.findIndex((row, i) => {
    bytes += bytesOf(row);
    return i > 0 && bytes > PAGE_PAYLOAD_BYTES_MAX;
  });
  if (tooMany === -1) return page;
  const kept = nearest.slice(0, tooMany);
  return { rows: backwards ? kept.toReversed() : kept, hasMore: true };
}

async function readLengths(
  db: Kysely<Tables>,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  if (ids.size === 0) return new Map();
  const rows = await db
    .selectFrom("message")
    .select(["id", sql<number>`coalesce(length(payload), 0)`.as("bytes")])
    .where("id", "in", [...ids])
    .execute();
  return new Map(rows.map(({ id, bytes }) => [id, bytes]));
}

async function readPayloads(
  db: Kysely<Tables>,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Uint8Array | null>> {
  if (ids.size === 0) return new Map();
  const rows = await db
    .selectFrom("message")
    .select(["id", unexpired("payload")])
    .where("id", "in", [...ids])
    .execute();
  return new Map(rows.map(({ id, payload }) => [id, payload]));
}
