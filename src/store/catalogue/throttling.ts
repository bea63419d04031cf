import type { Throttling } from "../catalogue-throttling.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";

export function createThrottling({ kysely: db }: CatalogueDatabase): Throttling {
  return {
    async since(endpointId, nowMs) {
      const row = await db
        .selectFrom("throttle")
        .select("waiting_since_ms")
        .where("key", "=", endpointId)
        .where("waiting_until_ms", ">", nowMs)
        .executeTakeFirst();
      return row?.waiting_since_ms ?? null;
    },
  };
}
