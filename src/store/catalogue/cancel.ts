import type { DeliveryKey, DeliveryState } from "../../domain/delivery.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { endDeliveries, endedAs } from "./end-deliveries.ts";

/** Answers how many it ended. */
export async function cancelDeliveries(
  database: CatalogueDatabase,
  endpointId: string,
  messageIdBelow: string,
): Promise<number> {
  return endDeliveries(database, { endpointId, end: "canceled", messageIdBelow });
}

/** Answers how it has ended; undefined if there is none. */
export async function cancelDelivery(
  { kysely: db }: CatalogueDatabase,
  { messageId, endpointId }: DeliveryKey,
): Promise<DeliveryState | undefined> {
  await db
    .updateTable("delivery")
    .set(endedAs("canceled"))
    .where("message_id", "=", messageId)
    .where("endpoint_id", "=", endpointId)
    .where("state", "=", "pending")
    .execute();
  const row = await db
    .selectFrom("delivery")
    .select("state")
    .where("message_id", "=", messageId)
    .where("endpoint_id", "=", endpointId)
    .executeTakeFirst();
  return row?.state as DeliveryState | undefined;
}
