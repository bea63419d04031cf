import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import type { DeliveryStatus, EndpointMessageQuery, MessageDelivery, Page } from "../catalogue.ts";
import { toDelivery, toMessage } from "../rows.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { readPage } from "./page.ts";
import { unexpired } from "./unexpired.ts";

const COLUMNS = [
  "delivery.message_id",
  "delivery.endpoint_id",
  "delivery.state",
  "delivery.attempts_made",
  "delivery.next_attempt_at_ms",
  "delivery.workflow_id",
  "message.id",
  "message.application_id",
  "message.event_type",
  "message.event_id",
  "message.channels",
  "message.tags",
] as const;

type Where = ExpressionBuilder<Tables, "delivery" | "message">;

const STATUSES: Readonly<Record<DeliveryStatus, (eb: Where) => Expression<SqlBool>>> = {
  succeeded: (eb) => eb("delivery.state", "=", "succeeded"),
  failed: (eb) => eb("delivery.state", "not in", ["succeeded", "pending"]),
  unattempted: (eb) =>
    eb.and([eb("delivery.state", "=", "pending"), eb("delivery.attempts_made", "=", 0)]),
  retrying: (eb) =>
    eb.and([eb("delivery.state", "=", "pending"), eb("delivery.attempts_made", ">", 0)]),
};

export async function listEndpointMessages(
  database: CatalogueDatabase,
  endpointId: string,
  query: EndpointMessageQuery,
): Promise<Page<MessageDelivery>> {
  return readPage(query, async (scan) => {
    const rows = await database.kysely
      .selectFrom("delivery")
      .innerJoin("message", "message.id", "delivery.message_id")
      .select(COLUMNS)
      .$if(query.withPayload, (rows) => rows.select(unexpired("message.payload")))
      .where("delivery.endpoint_id", "=", endpointId)
      .where((eb) =>
        eb.and(scan.bounds.map(({ operator, key }) => eb("delivery.message_id", operator, key))),
      )
      .where((eb) => eb.and(filters(eb, query, database)))
      .orderBy("delivery.message_id", scan.direction)
      .limit(scan.rowsMax)
      .execute();
    return rows.map((row) => ({ message: toMessage(row), delivery: toDelivery(row) }));
  });
}

function filters(
  eb: Where,
  { status, channel, eventTypes = [] }: EndpointMessageQuery,
  { listIncludes }: CatalogueDatabase,
): readonly Expression<SqlBool>[] {
  return [
    ...(status === undefined ? [] : [STATUSES[status](eb)]),
    ...(channel === undefined ? [] : [listIncludes(eb.ref("message.channels"), channel)]),
    ...(eventTypes.length === 0 ? [] : [eb("message.event_type", "in", eventTypes)]),
  ];
}
