import { sql, type Kysely } from "kysely";
import type { UnansweredReason } from "../../domain/attempt.ts";
import type { DeliveryState } from "../../domain/delivery.ts";
import type { ExportedDelivery } from "../catalogue-exports.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";

/** Answers' bodies stay where they are: they may be long, and are nobody's diagnosis. */
const DETAIL = sql<string | null>`case when attempt.reason is not null then attempt.response end`;

export async function exportedDeliveries(
  { kysely: db }: CatalogueDatabase,
  endpointId: string,
  messageIds: readonly string[],
): Promise<readonly ExportedDelivery[]> {
  if (messageIds.length === 0) return [];
  const rows = await select(db, endpointId, messageIds).execute();
  return rows.map(toExported);
}

type Row = Awaited<ReturnType<ReturnType<typeof select>["execute"]>>[number];

function select(db: Kysely<Tables>, endpointId: string, messageIds: readonly string[]) {
  return db
    .selectFrom("message")
    .leftJoin("delivery", (join) =>
      join
        .onRef("delivery.message_id", "=", "message.id")
        .on("delivery.endpoint_id", "=", endpointId),
    )
    .leftJoin("attempt", (join) =>
      join.onRef("attempt.message_id", "=", "message.id").on("attempt.id", "=", (eb) =>
        eb
          .selectFrom("attempt as last")
          .select((last) => last.fn.max("last.id").as("id"))
          .whereRef("last.message_id", "=", "message.id")
          .where("last.endpoint_id", "=", endpointId),
      ),
    )
    .select([
      "message.id as messageId",
      "message.event_id as eventId",
      "message.event_type as eventType",
      "delivery.state",
      "delivery.attempts_made as attemptsMade",
      "delivery.next_attempt_at_ms as nextAttemptAtMs",
      "attempt.url",
      "attempt.ended_at_ms as endedAtMs",
      "attempt.status_code as statusCode",
      "attempt.reason",
      DETAIL.as("detail"),
    ])
    .where("message.id", "in", messageIds)
    .orderBy("message.id");
}

function toExported(row: Row): ExportedDelivery {
  const { messageId, eventId, eventType, nextAttemptAtMs, detail } = row;
  const state = row.state as DeliveryState | null;
  const reason = row.reason as UnansweredReason | null;
  const delivery =
    state === null ? null : { state, attemptsMade: row.attemptsMade ?? 0, nextAttemptAtMs };
  const attempt =
    row.url === null
      ? null
      : {
          url: row.url,
          endedAtMs: row.endedAtMs ?? 0,
          statusCode: row.statusCode ?? 0,
          reason,
          detail,
        };
  return { messageId, eventId, eventType, delivery, attempt };
}
