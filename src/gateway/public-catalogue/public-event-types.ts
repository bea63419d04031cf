import type { EventType } from "../../domain/records.ts";
import type { EventTypes } from "../../store/catalogue.ts";
import { createRecentlyUsed } from "../payload-check/recently-used.ts";

/** What anybody may ask for is made once in so long. */
const RECENT_MS = 10_000;
const PAGE_ROWS = 100;
/** Of one catalogue. More of it is not shown: whoever has that much has pages of their own. */
const EVENT_TYPES_MAX = 1_000;
const CHARACTERS_MAX = 2_000_000;
/** Catalogues that are remembered. */
const CATALOGUES_MAX = 20;

export type PublicEventTypes = (organizationId: string) => Promise<readonly EventType[]>;

/** An organization's event types by name, but for those that are archived or behind a flag. */
export function createPublicEventTypes(eventTypes: Pick<EventTypes, "list">): PublicEventTypes {
  type Entry = { readonly atMs: number; readonly found: Promise<readonly EventType[]> };
  const entries = createRecentlyUsed<Entry>(CATALOGUES_MAX);
  return (organizationId) => {
    const nowMs = performance.now();
    const entry = entries.get(organizationId);
    if (entry !== undefined && nowMs - entry.atMs < RECENT_MS) return entry.found;
    const found = read(eventTypes, organizationId);
    entries.set(organizationId, { atMs: nowMs, found }, 1);
    found.catch(() => entries.remove(organizationId));
    return found;
  };
}

async function read(
  eventTypes: Pick<EventTypes, "list">,
  organizationId: string,
): Promise<readonly EventType[]> {
  const seen = { includeArchived: false, featureFlags: [] };
  const found: EventType[] = [];
  let characters = 0;
  for (;;) {
    const last = found.at(-1)?.name;
    const after = last === undefined ? {} : { after: last };
    const query = { limit: PAGE_ROWS, order: "ascending" as const, ...seen, ...after };
    const { rows, hasMore } = await eventTypes.list(organizationId, query);
    for (const one of rows) {
      characters += JSON.stringify(one.schemas).length + one.description.length;
      if (found.length >= EVENT_TYPES_MAX || characters > CHARACTERS_MAX) return found;
      found.push(one);
    }
    if (!hasMore) return found;
  }
}
