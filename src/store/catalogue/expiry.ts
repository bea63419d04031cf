import type { DeleteExpired, Expiry } from "../catalogue-expiry.ts";
import { IDEMPOTENT_MS } from "../store.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { deletePlays } from "./play-expiry.ts";

export function createExpiry(database: CatalogueDatabase): Expiry {
  return {
    payloads: deletePayloads(database),
    calls: deleteCalls(database),
    plays: deletePlays(database),
  };
}

function deletePayloads({ kysely, locked }: CatalogueDatabase): DeleteExpired {
  return async (nowMs, rowsMax) => {
    const due = kysely
      .selectFrom("message")
      .select("id")
      .where("payload_expires_at_ms", "<=", nowMs)
      .orderBy("payload_expires_at_ms")
      .limit(rowsMax);
    const result = await kysely
      .updateTable("message")
      .set({ payload: null, payload_expires_at_ms: null })
      .where("id", "in", locked(due, "free"))
      .executeTakeFirst();
    return Number(result.numUpdatedRows);
  };
}

function deleteCalls({ kysely, locked }: CatalogueDatabase): DeleteExpired {
  return async (nowMs, rowsMax) => {
    const due = kysely
      .selectFrom("idempotent_call")
      .select("key")
      .where("begun_at_ms", "<=", nowMs - IDEMPOTENT_MS)
      .orderBy("begun_at_ms")
      .limit(rowsMax);
    const result = await kysely
      .deleteFrom("idempotent_call")
      .where("key", "in", locked(due, "free"))
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  };
}
