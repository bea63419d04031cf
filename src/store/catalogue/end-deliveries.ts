import { setImmediate as nextTurn } from "node:timers/promises";
import type { DeliveryEnd } from "../../domain/delivery.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { DELIVERY_STATUS, STATUS_CODES } from "./delivery-status.ts";

export type WhatToEnd = {
  readonly endpointId: string;
  readonly end: DeliveryEnd;
  /** Only those of earlier messages. */
  readonly messageIdBelow?: string;
  /** Leaves those that are claimed at this time (Unix): what their attempts come to counts. */
  readonly unclaimedAtMs?: number;
  /** Ends none once the endpoint is enabled: then they are wanted again. */
  readonly whileDisabled?: boolean;
};

/** Ends what is pending at an endpoint. Answers how many it ended. */
export async function endDeliveries(database: CatalogueDatabase, what: WhatToEnd): Promise<number> {
  let total = 0;
  // In this order: what is attempted meanwhile is among the others then.
  for (const status of [STATUS_CODES.unattempted, STATUS_CODES.retrying]) {
    let from = "";
    for (;;) {
      const ended = await endSome(database, what, { status, from });
      total += ended.length;
      if (ended.length < database.rowsAtOnce.written) break;
      // Where the next ones begin: what was pending up to here is in the way no more.
      from = ended.reduce((a, b) => (a > b ? a : b));
      await nextTurn();
    }
  }
  return total;
}

/** The first so many, oldest first. Answers their messages' ids. */
async function endSome(
  { kysely: db, locked, rowsAtOnce }: CatalogueDatabase,
  { endpointId, end, messageIdBelow, unclaimedAtMs, whileDisabled = false }: WhatToEnd,
  { status, from }: { readonly status: number; readonly from: string },
): Promise<readonly string[]> {
  const pending = db
    .selectFrom("delivery")
    .select("message_id")
    .where("endpoint_id", "=", endpointId)
    .where(DELIVERY_STATUS, "=", status)
    .where("message_id", ">", from)
    .$if(messageIdBelow !== undefined, (rows) =>
      rows.where("message_id", "<", messageIdBelow ?? ""),
    )
    .$if(unclaimedAtMs !== undefined, (rows) =>
      rows.where("lease_until_ms", "<=", unclaimedAtMs ?? 0),
    )
    .$if(whileDisabled, (rows) =>
      rows.where(({ exists, selectFrom }) =>
        exists(
          selectFrom("endpoint")
            .select("endpoint.id")
            .where("endpoint.id", "=", endpointId)
            .where("endpoint.disabled", "=", true),
        ),
      ),
    )
    .orderBy("message_id")
    .limit(rowsAtOnce.written);
  const ended = await db
    .updateTable("delivery")
    .set(endedAs(end))
    .where("endpoint_id", "=", endpointId)
    .where("message_id", "in", locked(pending, "all"))
    .returning("message_id")
    .execute();
  return ended.map(({ message_id }) => message_id);
}

/** The columns of a delivery that has ended. */
export function endedAs(end: DeliveryEnd) {
  return {
    state: end,
    next_attempt_at_ms: null,
    sweep_at_ms: null,
    lease_holder: null,
    lease_until_ms: 0,
  };
}
