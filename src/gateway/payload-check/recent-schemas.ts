import type { EventType } from "../../domain/records.ts";
import type { EventTypes } from "../../store/catalogue.ts";
import { createRecentlyUsed } from "../../store/recently-used.ts";
import { newestSchema } from "../event-types/newest-schema.ts";
import { payloadSchema, type PayloadSchema } from "./payload-schema.ts";
import type { SlowTime } from "./slow-time.ts";

const RECENT_MS = 1_000;
/** Characters of schemas, in all; what was used longest ago is forgotten first. */
const WEIGHT_MAX = 8_000_000;
/** Of an event type without a schema. */
const ENTRY_WEIGHT = 1_000;

type Entry = { readonly readAtMs: number; readonly known: Promise<Known> };

type Known = {
  /** null if there is no such event type. */
  readonly revision: string | null;
  /** null if it has none. */
  readonly schema: PayloadSchema | null;
};

/**
 * The newest schema of an event type, as it was at most a second ago. It is compiled again only when
 * the event type was changed.
 */
export type RecentSchemas = (organizationId: string, name: string) => Promise<PayloadSchema | null>;

export function createRecentSchemas(
  eventTypes: Pick<EventTypes, "find">,
  slowTime: Pick<SlowTime, "measured">,
): RecentSchemas {
  const entries = createRecentlyUsed<Entry>(WEIGHT_MAX);

  return async (organizationId, name) => {
    const key = `${organizationId} ${name}`;
    const before = entries.get(key);
    const nowMs = performance.now();
    if (before !== undefined && nowMs - before.readAtMs < RECENT_MS) {
      return (await before.known).schema;
    }
    const known = eventTypes.find(organizationId, name).then(async (found) => {
      const earlier = await before?.known.catch(() => undefined);
      return slowTime.measured(organizationId, () => knownOf(found, earlier));
    });
    const entry = { readAtMs: nowMs, known };
    entries.set(key, entry, ENTRY_WEIGHT);
    try {
      const { schema } = await known;
      const weight = ENTRY_WEIGHT + (schema?.characters ?? 0);
      if (entries.get(key) === entry) entries.set(key, entry, weight);
      return schema;
    } catch (error) {
      if (entries.get(key) === entry) entries.remove(key);
      throw error;
    }
  };
}

function knownOf(found: EventType | undefined, before: Known | undefined): Known {
  if (found === undefined) return { revision: null, schema: null };
  // Each change moves its time; one that was removed and made again has another id.
  const revision = `${found.id} ${found.updatedAtMs}`;
  if (before?.revision === revision) return before;
  const schema = newestSchema(found.schemas);
  return { revision, schema: schema === undefined ? null : payloadSchema(schema) };
}
