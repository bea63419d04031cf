import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import type { DeliveryCounts, Waiting } from "../catalogue-deliveries.ts";
import type { DeliveryStatus } from "../catalogue.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { DELIVERY_STATUS, STATUS_CODES } from "./delivery-status.ts";

/** SQLite counts those of so many in one go, in which this process does nothing else. */
const AT_ONCE = 10;

/** From the index by status: none reads more than it counts. */
export async function countWaiting(
  database: CatalogueDatabase,
  endpointIds: readonly string[],
  rowsMax: number,
): Promise<ReadonlyMap<string, Waiting>> {
  const count = (status: DeliveryStatus) => sql<number>`(
    select count(*) from (
      select 1 from delivery
      where delivery.endpoint_id = endpoint.id
        and ${DELIVERY_STATUS} = ${sql.lit(STATUS_CODES[status])}
      limit ${sql.lit(rowsMax)}
    ) as counted)`;
  const counts = new Map<string, Waiting>();
  for await (const ids of parts(database, endpointIds)) {
    const rows = await database.kysely
      .selectFrom("endpoint")
      .select("endpoint.id")
      .select([count("unattempted").as("unattempted"), count("retrying").as("retrying")])
      .where("endpoint.id", "in", ids)
      .execute();
    for (const { id, ...waiting } of rows) counts.set(id, waiting);
  }
  return counts;
}

/** A message's deliveries lie together. */
export async function countByMessage(
  database: CatalogueDatabase,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, DeliveryCounts>> {
  const counts = new Map<string, DeliveryCounts>();
  for await (const ids of parts(database, messageIds)) {
    const rows = await database.kysely
      .selectFrom("delivery")
      .select("message_id")
      .select((eb) =>
        statuses().map((status) =>
          eb.fn
            .countAll<number>()
            .filterWhere(DELIVERY_STATUS, "=", STATUS_CODES[status])
            .as(status),
        ),
      )
      .where("message_id", "in", ids)
      .groupBy("message_id")
      .execute();
    for (const { message_id: messageId, ...found } of rows) counts.set(messageId, found);
  }
  return counts;
}

/** One row of the index of lines for each endpoint. */
export async function findFirstInLine(
  { kysely: db }: CatalogueDatabase,
  endpointIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (endpointIds.length === 0) return new Map();
  const first = sql<string | null>`(
    select message_id from delivery
    where endpoint_id = endpoint.id and state = 'pending' and place is not null
    order by place, message_id limit 1)`;
  const rows = await db
    .selectFrom("endpoint")
    .select(["endpoint.id", first.as("first")])
    .where("endpoint.id", "in", endpointIds)
    .execute();
  return new Map(rows.flatMap(({ id, first: found }) => (found === null ? [] : [[id, found]])));
}

/** With pauses between them for others to be served. */
async function* parts(
  { rowsAtOnce }: CatalogueDatabase,
  ids: readonly string[],
): AsyncGenerator<readonly string[]> {
  const atOnce = rowsAtOnce.read === Infinity ? ids.length : AT_ONCE;
  for (let from = 0; from < ids.length; from += atOnce) {
    yield ids.slice(from, from + atOnce);
    await nextTurn();
  }
}

function statuses(): readonly DeliveryStatus[] {
  return Object.keys(STATUS_CODES) as DeliveryStatus[];
}
