import type { AttemptHeaders } from "../../domain/records.ts";
import type { FindAttemptHeaders } from "../catalogue-attempt-headers.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";

export function createFindAttemptHeaders({ kysely: db }: CatalogueDatabase): FindAttemptHeaders {
  return async (messageId, attemptId) => {
    const row = await db
      .selectFrom("attempt")
      .select(["sent_headers as sent", "response_headers as received"])
      .where("message_id", "=", messageId)
      .where("id", "=", attemptId)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
      sent: row.sent === null ? {} : (JSON.parse(row.sent) as AttemptHeaders["sent"]),
      received:
        row.received === null ? [] : (JSON.parse(row.received) as AttemptHeaders["received"]),
    };
  };
}
