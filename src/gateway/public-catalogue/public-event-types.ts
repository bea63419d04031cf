import { setImmediate as untilOthersHadTheirTurn } from "node:timers/promises";
import type { EventType } from "../../domain/records.ts";
import type { EventTypes } from "../../store/catalogue.ts";
import { createRecent } from "../../store/recent.ts";
import type { Html } from "../reference/html.ts";
import { eventTypeSection } from "./event-type-section.ts";

/** With its part of the page, which is most of the work, and the same whatever is searched for. */
export type PublicEventType = EventType & { readonly section: Html };

/** What anybody may ask for is made once in so long. */
const RECENT_MS = 10_000;
const PAGE_ROWS = 20;
/** Of one catalogue. More of it is not shown: whoever has that much has pages of their own. */
const EVENT_TYPES_MAX = 1_000;
/** Of schemas, descriptions, and what the page says of them. */
const CHARACTERS_MAX = 4_000_000;
/** Catalogues that are remembered. */
const CATALOGUES_MAX = 20;

export type PublicEventTypes = (organizationId: string) => Promise<readonly PublicEventType[]>;

/** An organization's event types by name, but for those that are archived or behind a flag. */
export function createPublicEventTypes(eventTypes: Pick<EventTypes, "list">): PublicEventTypes {
  const readOne = async (organizationId: string) => read(eventTypes, organizationId);
  return createRecent(readOne, { forMs: RECENT_MS, keysMax: CATALOGUES_MAX });
}

async function read(
  eventTypes: Pick<EventTypes, "list">,
  organizationId: string,
): Promise<readonly PublicEventType[]> {
  const seen = { includeArchived: false, featureFlags: [] };
  const found: PublicEventType[] = [];
  let characters = 0;
  for (;;) {
    const last = found.at(-1)?.name;
    const after = last === undefined ? {} : { after: last };
    const query = { limit: PAGE_ROWS, order: "ascending" as const, ...seen, ...after };
    const { rows, hasMore } = await eventTypes.list(organizationId, query);
    for (const one of rows) {
      const section = eventTypeSection(one);
      const { schemas, description } = one;
      characters += JSON.stringify(schemas).length + description.length + section.text.length;
      if (found.length >= EVENT_TYPES_MAX || characters > CHARACTERS_MAX) return found;
      found.push({ ...one, section });
    }
    if (!hasMore) return found;
    await untilOthersHadTheirTurn();
  }
}
