import type { Subscriptions } from "../catalogue-subscriptions.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";

/** Asks as the statements do that accept a message. */
export function createSubscriptions({ kysely, listIncludes }: CatalogueDatabase): Subscriptions {
  return {
    async exist(applicationId, eventType, channels) {
      const found = await kysely
        .selectFrom("endpoint")
        .select("id")
        .where("application_id", "=", applicationId)
        .where("deleted_at_ms", "is", null)
        .where("disabled", "=", false)
        .where((eb) =>
          eb.or([eb("event_types", "is", null), listIncludes(eb.ref("event_types"), eventType)]),
        )
        .where((eb) =>
          eb.or([
            eb("channels", "is", null),
            ...(channels ?? []).map((channel) => listIncludes(eb.ref("channels"), channel)),
          ]),
        )
        .limit(1)
        .executeTakeFirst();
      return found !== undefined;
    },
  };
}
