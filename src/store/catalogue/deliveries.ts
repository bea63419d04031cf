import type { Deliveries, Destination } from "../catalogue-deliveries.ts";
import type { Page, PageQuery } from "../catalogue.ts";
import { toEndpoint } from "../endpoint-rows.ts";
import { ENDPOINT_COLUMNS } from "../endpoint-table.ts";
import { toDelivery } from "../rows.ts";
import { cancelDeliveries, cancelDelivery } from "./cancel.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { countByMessage, countWaiting, findFirstInLine } from "./delivery-counts.ts";
import { exportedDeliveries } from "./exported-deliveries.ts";
import { readPage } from "./page.ts";
import { reopenDeliveries } from "./reopen.ts";

const COLUMNS = [
  "delivery.message_id",
  "delivery.endpoint_id",
  "delivery.state",
  "delivery.attempts_made",
  "delivery.next_attempt_at_ms",
  "delivery.workflow_id",
  ...ENDPOINT_COLUMNS,
] as const;

export function createDeliveries(database: CatalogueDatabase): Deliveries {
  return {
    listByMessage: async (messageId, page) => listByMessage(database, messageId, page),
    cancel: async (endpointId, messageIdBelow) =>
      cancelDeliveries(database, endpointId, messageIdBelow),
    cancelOne: async (delivery) => cancelDelivery(database, delivery),
    reopen: async (reopening) => reopenDeliveries(database, reopening),
    waiting: async (endpointIds, rowsMax) => countWaiting(database, endpointIds, rowsMax),
    countByMessage: async (messageIds) => countByMessage(database, messageIds),
    firstInLine: async (endpointIds) => findFirstInLine(database, endpointIds),
    exported: async (endpointId, messageIds) =>
      exportedDeliveries(database, endpointId, messageIds),
  };
}

async function listByMessage(
  { kysely: db }: CatalogueDatabase,
  messageId: string,
  page: PageQuery,
): Promise<Page<Destination>> {
  return readPage(page, async (scan) => {
    const rows = await db
      .selectFrom("delivery")
      .innerJoin("endpoint", "endpoint.id", "delivery.endpoint_id")
      .select(COLUMNS)
      .where("delivery.message_id", "=", messageId)
      .where((eb) =>
        eb.and(scan.bounds.map(({ operator, key }) => eb("delivery.endpoint_id", operator, key))),
      )
      .orderBy("delivery.endpoint_id", scan.direction)
      .limit(scan.rowsMax)
      .execute();
    return rows.map((row) => ({ delivery: toDelivery(row), endpoint: toEndpoint(row) }));
  });
}
