import { setImmediate as nextTurn } from "node:timers/promises";
import type { DeliveryKey, DeliveryState } from "../../domain/delivery.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { DELIVERY_STATUS, STATUS_CODES } from "./delivery-status.ts";

const CANCELED = {
  state: "canceled",
  next_attempt_at_ms: null,
  sweep_at_ms: null,
  lease_holder: null,
  lease_until_ms: 0,
} as const;

/** Answers how many it ended. */
export async function cancelDeliveries(
  database: CatalogueDatabase,
  endpointId: string,
  messageIdBelow: string,
): Promise<number> {
  let canceled = 0;
  // In this order: what is attempted meanwhile is among the others then.
  for (const status of [STATUS_CODES.unattempted, STATUS_CODES.retrying]) {
    let from = "";
    for (;;) {
      const ended = await cancelSome(database, endpointId, { status, from, messageIdBelow });
      canceled += ended.length;
      if (ended.length < database.rowsAtOnce.written) break;
      // Where the next ones begin: what was pending up to here is in the way no more.
      from = ended.reduce((a, b) => (a > b ? a : b));
      await nextTurn();
    }
  }
  return canceled;
}

/** Answers how it has ended; undefined if there is none. */
export async function cancelDelivery(
  { kysely: db }: CatalogueDatabase,
  { messageId, endpointId }: DeliveryKey,
): Promise<DeliveryState | undefined> {
  await db
    .updateTable("delivery")
    .set(CANCELED)
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

type Which = {
  readonly status: number;
  readonly from: string;
  readonly messageIdBelow: string;
};

/** The first so many, oldest first. Answers their messages' ids. */
async function cancelSome(
  { kysely: db, locked, rowsAtOnce }: CatalogueDatabase,
  endpointId: string,
  { status, from, messageIdBelow }: Which,
): Promise<readonly string[]> {
  const pending = db
    .selectFrom("delivery")
    .select("message_id")
    .where("endpoint_id", "=", endpointId)
    .where(DELIVERY_STATUS, "=", status)
    .where("message_id", ">", from)
    .where("message_id", "<", messageIdBelow)
    .orderBy("message_id")
    .limit(rowsAtOnce.written);
  const ended = await db
    .updateTable("delivery")
    .set(CANCELED)
    .where("endpoint_id", "=", endpointId)
    .where("message_id", "in", locked(pending, "all"))
    .returning("message_id")
    .execute();
  return ended.map(({ message_id }) => message_id);
}
