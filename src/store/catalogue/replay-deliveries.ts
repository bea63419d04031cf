import { sql, type ExpressionBuilder, type ExpressionWrapper, type SqlBool } from "kysely";
import type { ReplayFilter } from "../../domain/background-task.ts";
import type { DeliveryStatus } from "../catalogue.ts";
import type { MessageScan, Scanned } from "../catalogue-tasks.ts";
import { labelsAsked } from "../labels.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { DELIVERY_STATUS, STATUS_CODES } from "./delivery-status.ts";
import { boundsOf, byteOrder, pageOf, ROWS_MAX } from "./replay-page.ts";

/** In the order in which a delivery goes through them: one that moves on meanwhile is not missed. */
const EACH_STATUS = ["unattempted", "retrying", "canceled", "failed", "succeeded"] as const;

type WhereDelivery = ExpressionBuilder<Tables, "delivery">;
type Wanted = ExpressionWrapper<Tables, "delivery", SqlBool>;

/** Messages that were to be delivered to the endpoint, and how they fared. */
export async function scanDeliveries(
  { kysely: db }: CatalogueDatabase,
  endpointId: string,
  filter: ReplayFilter,
  scan: MessageScan,
): Promise<Scanned> {
  const ofStatus = (status: DeliveryStatus, end: string | null = null) =>
    db
      .selectFrom("delivery")
      .select("message_id as id")
      .where("endpoint_id", "=", endpointId)
      .where(DELIVERY_STATUS, "=", sql.lit(STATUS_CODES[status]))
      .where((eb) =>
        eb.and(boundsOf(scan, end).map(({ operator, key }) => eb("message_id", operator, key))),
      )
      .orderBy("message_id");

  const ends: string[] = [];
  const statuses = statusesOf(filter);
  for (const status of statuses) {
    const last = ofStatus(status).offset(ROWS_MAX - 1);
    const end = await last.limit(1).executeTakeFirst();
    if (end !== undefined) ends.push(end.id);
  }
  const end = ends.toSorted(byteOrder)[0] ?? null;
  const found = new Set<string>();
  for (const status of statuses) {
    const rows = await ofStatus(status, end)
      .where((eb) => eb.and(filters(eb, filter)))
      .$if(status === "unattempted", (due) => due.where((eb) => eb.not(isSentLater(eb))))
      .limit(scan.idsMax)
      .execute();
    for (const { id } of rows) found.add(id);
  }
  return pageOf([...found].toSorted(byteOrder), end, scan);
}

function statusesOf({ statuses }: ReplayFilter): readonly DeliveryStatus[] {
  return EACH_STATUS.filter((status) => statuses?.includes(status) ?? true);
}

function filters(eb: WhereDelivery, filter: ReplayFilter): readonly Wanted[] {
  const { eventTypes = [], statusCodeClass } = filter;
  return [
    ...(eventTypes.length === 0 ? [] : [eb("event_type", "in", eventTypes)]),
    ...labelsAsked(filter).map((label) => hasLabel(eb, label)),
    ...(statusCodeClass === undefined ? [] : [wasAnswered(eb, statusCodeClass)]),
  ];
}

function isSentLater(eb: WhereDelivery) {
  return eb.exists(
    eb
      .selectFrom("message")
      .select("message.id")
      .whereRef("message.id", "=", "delivery.message_id")
      .where("message.deliver_at_ms", ">", Date.now()),
  );
}

function hasLabel(eb: WhereDelivery, label: string) {
  return eb.exists(
    eb
      .selectFrom("delivery_label")
      .select("label")
      .whereRef("delivery_label.endpoint_id", "=", "delivery.endpoint_id")
      .where("delivery_label.label", "=", label)
      .whereRef("delivery_label.message_id", "=", "delivery.message_id"),
  );
}

function wasAnswered(eb: WhereDelivery, statusCodeClass: number) {
  return eb.exists(
    eb
      .selectFrom("attempt")
      .select("id")
      .whereRef("attempt.message_id", "=", "delivery.message_id")
      .whereRef("attempt.endpoint_id", "=", "delivery.endpoint_id")
      .where("attempt.status_code", ">=", statusCodeClass)
      .where("attempt.status_code", "<", statusCodeClass + 100),
  );
}
