import { z } from "zod";
import { idTimeMs, lowestIdAt, type IdPrefix } from "../../domain/ids.ts";
import type { PageQuery, TimeRange } from "../../store/catalogue.ts";
import { CHANNEL, NAME, TAG, unique } from "./fields.ts";
import { FLAG, iterator, LIMIT, pageQuery } from "./listing.ts";
import { DAY_MS, TIME, timeMs } from "./times.ts";

/** What the lists of messages and of attempts can be asked: newest first, 90 days by default. */

const WINDOW_MS = 90 * DAY_MS;

/** Each is looked for by itself, and what is found is merged. */
const EVENT_TYPES_MAX = 30;
const EVENT_TYPES_TEXT = `Input should name at most ${EVENT_TYPES_MAX} event types`;

export const EVENT_TYPE_NAMES = z.array(NAME).max(EVENT_TYPES_MAX, { error: EVENT_TYPES_TEXT });

/** "a,b", or a list: request-input.ts has made one of the other encodings. */
export const EVENT_TYPES = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((text) => text.split(",")))
  .transform((names) => unique(names.filter((name) => name !== "")))
  .pipe(EVENT_TYPE_NAMES);

export function historyQuery(prefix: IdPrefix) {
  return z.object({
    limit: LIMIT,
    iterator: iterator(prefix).optional(),
    channel: CHANNEL.optional().describe("Only messages with this channel"),
    tag: TAG.optional().describe("Only messages with this tag"),
    event_types: EVENT_TYPES.optional().describe(
      `Only of these event types, with commas between; at most ${EVENT_TYPES_MAX}`,
    ),
    before: TIME.optional().describe("Only what is older"),
    after: TIME.optional().describe(
      "Only what is newer; without it, the last 90 days. Without before, the first page has the " +
        "oldest of it, and the next ones go on towards now",
    ),
    with_content: FLAG.default(true).describe("false leaves payloads and responses out"),
  });
}

export type HistoryQuery = z.output<ReturnType<typeof historyQuery>>;

/** Whether the list goes on towards now, page by page, as it does from a time alone. */
export function goesOnward({ after, before, iterator: cursor }: HistoryQuery): boolean {
  return after !== undefined && before === undefined && (cursor?.startsWith("-") ?? true);
}

/** The page and the filters that both lists have. */
export function historyPage(prefix: IdPrefix, query: HistoryQuery) {
  const { channel, tag, event_types: eventTypes } = query;
  return {
    ...page(prefix, query),
    ...(channel === undefined ? {} : { channel }),
    ...(tag === undefined ? {} : { tag }),
    ...(eventTypes === undefined ? {} : { eventTypes }),
  };
}

function page(prefix: IdPrefix, query: HistoryQuery): PageQuery & TimeRange {
  const [afterMs, beforeMs] = [query.after, query.before].map((text) =>
    text === undefined ? undefined : timeMs(text),
  );
  const asked = pageQuery(query, "descending");
  const above = beforeMs === undefined ? {} : { idBelow: lowestIdAt(prefix, beforeMs) };
  if (afterMs !== undefined) {
    const idFrom = lowestIdAt(prefix, afterMs);
    // From a time alone the list goes on towards now: its first page is what came right after it.
    const isFirst = query.iterator === undefined && query.before === undefined;
    return isFirst ? { ...asked, before: idFrom, idFrom } : { ...asked, ...above, idFrom };
  }
  const cursorMs = idTimeMs(prefix, asked.after ?? asked.before ?? "");
  const windowEndMs = Math.min(beforeMs ?? Infinity, cursorMs ?? Infinity, Date.now());
  return { ...asked, ...above, idFrom: lowestIdAt(prefix, windowEndMs - WINDOW_MS) };
}
