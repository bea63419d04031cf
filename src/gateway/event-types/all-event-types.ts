import type { EventType } from "../../domain/records.ts";
import type { EventTypes } from "../../store/catalogue.ts";
import { conflict } from "../http/problem.ts";

/** When the operations that use it answer with 409. */
export const TOO_MANY_EVENT_TYPES =
  "The organization has over 10,000 event types, or over 64 MiB of their schemas";

const PAGE_ROWS = 100;
const EVENT_TYPES_MAX = 10_000;
const CHARACTERS_MAX = 64 * 1_024 * 1_024;

/**
 * All of the organization's event types by name, archived ones too. Throws a ProblemError (409) if
 * they are more than can be held at once.
 */
export async function allEventTypes(
  eventTypes: EventTypes,
  organizationId: string,
): Promise<readonly EventType[]> {
  const query = { limit: PAGE_ROWS, order: "ascending", includeArchived: true } as const;
  const found: EventType[] = [];
  let characters = 0;
  for (;;) {
    const last = found.at(-1)?.name;
    const after = last === undefined ? {} : { after: last };
    const page = await eventTypes.list(organizationId, { ...query, ...after });
    found.push(...page.rows);
    for (const { schemas } of page.rows) characters += JSON.stringify(schemas).length;
    if (found.length > EVENT_TYPES_MAX || characters > CHARACTERS_MAX) throw tooMany();
    if (!page.hasMore) return found;
  }
}

function tooMany() {
  const detail = `${TOO_MANY_EVENT_TYPES}: read and write them one by one, with /api/v1/event-type`;
  return conflict(detail, "limit_reached");
}
