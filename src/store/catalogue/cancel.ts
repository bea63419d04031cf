import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import type { CatalogueDatabase } from "./catalogue-database.ts";

/** SQLite ends so many in a few milliseconds; on Postgres others wait no longer for the rows. */
const ROWS_MAX = 500;

/** As the index delivery_by_status has it, so that what is pending is found by it. */
const STATUS = sql<number>`case
  when state = 'succeeded' then 0
  when state <> 'pending' then 2
  when attempts_made = 0 then 1
  else 3
end`;
const UNATTEMPTED = 1;
const RETRIED = 3;

/** Answers how many it ended. */
export async function cancelDeliveries(
  database: CatalogueDatabase,
  endpointId: string,
  messageIdBelow: string,
): Promise<number> {
  let canceled = 0;
  // In this order: what is attempted meanwhile is among the others then.
  for (const status of [UNATTEMPTED, RETRIED]) {
    let from = "";
    for (;;) {
      const ended = await cancelSome(database, endpointId, { status, from, messageIdBelow });
      canceled += ended.length;
      if (ended.length < ROWS_MAX) break;
      // Where the next ones begin: what was pending up to here is in the way no more.
      from = ended.reduce((a, b) => (a > b ? a : b));
      await nextTurn();
    }
  }
  return canceled;
}

type Which = {
  readonly status: number;
  readonly from: string;
  readonly messageIdBelow: string;
};

/** The first so many, oldest first. Answers their messages' ids. */
async function cancelSome(
  { kysely: db, locked }: CatalogueDatabase,
  endpointId: string,
  { status, from, messageIdBelow }: Which,
): Promise<readonly string[]> {
  const pending = db
    .selectFrom("delivery")
    .select("message_id")
    .where("endpoint_id", "=", endpointId)
    .where(STATUS, "=", sql.lit(status))
    .where("message_id", ">", from)
    .where("message_id", "<", messageIdBelow)
    .orderBy("message_id")
    .limit(ROWS_MAX);
  const ended = await db
    .updateTable("delivery")
    .set({
      state: "canceled",
      next_attempt_at_ms: null,
      sweep_at_ms: null,
      lease_holder: null,
      lease_until_ms: 0,
    })
    .where("endpoint_id", "=", endpointId)
    .where("message_id", "in", locked(pending, "all"))
    .returning("message_id")
    .execute();
  return ended.map(({ message_id }) => message_id);
}
