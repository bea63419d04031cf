import type { EventType } from "../../domain/records.ts";
import type { EventTypes } from "../../store/catalogue.ts";

const PAGE_ROWS = 250;

/** All of the organization's event types by name, archived ones too. */
export async function allEventTypes(
  eventTypes: EventTypes,
  organizationId: string,
): Promise<readonly EventType[]> {
  const query = { limit: PAGE_ROWS, order: "ascending", includeArchived: true } as const;
  const found: EventType[] = [];
  for (;;) {
    const last = found.at(-1)?.name;
    const after = last === undefined ? {} : { after: last };
    const page = await eventTypes.list(organizationId, { ...query, ...after });
    found.push(...page.rows);
    if (!page.hasMore) return found;
  }
}
