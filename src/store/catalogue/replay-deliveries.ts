import { sql, type ExpressionBuilder, type ExpressionWrapper, type SqlBool } from "kysely";
import type { ReplayFilter, ReplayStatus } from "../../domain/background-task.ts";
import type { MessageScan, Scanned } from "../catalogue-tasks.ts";
import { channelLabel, tagLabel } from "../labels.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { byteOrder, pageOf, ROWS_MAX } from "./replay-page.ts";

/** As the index delivery_by_status has it. */
const STATUS = sql<number>`case
  when state = 'succeeded' then 0
  when state <> 'pending' then 2
  when attempts_made = 0 then 1
  else 3
end`;
const [SUCCEEDED, UNATTEMPTED, ENDED, RETRYING] = [0, 1, 2, 3] as const;
/** In the order in which a delivery goes through them: one that moves on meanwhile is not missed. */
const EACH_STATUS = [UNATTEMPTED, RETRYING, ENDED, SUCCEEDED];

const STATUSES: Readonly<Record<ReplayStatus, number>> = {
  succeeded: SUCCEEDED,
  unattempted: UNATTEMPTED,
  failed: ENDED,
  retrying: RETRYING,
  canceled: ENDED,
};

type WhereDelivery = ExpressionBuilder<Tables, "delivery">;
type Wanted = ExpressionWrapper<Tables, "delivery", SqlBool>;

/** Messages that were to be delivered to the endpoint, and how they fared. */
export async function scanDeliveries(
  { kysely: db }: CatalogueDatabase,
  endpointId: string,
  filter: ReplayFilter,
  scan: MessageScan,
): Promise<Scanned> {
  const statuses = filter.status === undefined ? EACH_STATUS : [STATUSES[filter.status]];
  const ofStatus = (status: number) =>
    db
      .selectFrom("delivery")
      .select("message_id as id")
      .where("endpoint_id", "=", endpointId)
      .where(STATUS, "=", sql.lit(status))
      .where("message_id", ">", scan.after)
      .where("message_id", ">=", scan.idFrom)
      .where("message_id", "<", scan.idBelow)
      .orderBy("message_id");

  const ends: string[] = [];
  for (const status of statuses) {
    const end = await ofStatus(status)
      .offset(ROWS_MAX - 1)
      .limit(1)
      .executeTakeFirst();
    if (end !== undefined) ends.push(end.id);
  }
  const end = ends.toSorted(byteOrder)[0] ?? null;
  const found = new Set<string>();
  for (const status of statuses) {
    const rows = await ofStatus(status)
      .$if(end !== null, (rows) => rows.where("message_id", "<=", String(end)))
      .where((eb) => eb.and(filters(eb, filter)))
      .limit(scan.idsMax)
      .execute();
    for (const { id } of rows) found.add(id);
  }
  return pageOf([...found].toSorted(byteOrder), end, scan);
}

function filters(eb: WhereDelivery, filter: ReplayFilter): readonly Wanted[] {
  const { eventTypes = [], channel, tag, status, statusCodeClass } = filter;
  const labels = [
    ...(channel === undefined ? [] : [channelLabel(channel)]),
    ...(tag === undefined ? [] : [tagLabel(tag)]),
  ];
  return [
    ...(eventTypes.length === 0 ? [] : [eb("event_type", "in", eventTypes)]),
    ...labels.map((label) => hasLabel(eb, label)),
    ...(status === "failed" ? [eb("state", "<>", "canceled")] : []),
    ...(status === "canceled" ? [eb("state", "=", "canceled")] : []),
    ...(statusCodeClass === undefined ? [] : [wasAnswered(eb, statusCodeClass)]),
  ];
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
