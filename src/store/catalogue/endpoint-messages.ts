import type { Expression, Kysely } from "kysely";
import type { EndpointMessageQuery, MessageDelivery, Page } from "../catalogue.ts";
import { labelsAsked } from "../labels.ts";
import { toDelivery, toMessage } from "../rows.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { DELIVERY_STATUS, STATUS_CODES } from "./delivery-status.ts";
import { mergedScans, oneByOne, within, type Key } from "./merged-scans.ts";
import { readPage, type Scan } from "./page.ts";
import { addPayloads } from "./payloads.ts";

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
  "message.deliver_at_ms",
] as const;

type Asked = Omit<EndpointMessageQuery, "withPayload">;

export async function listEndpointMessages(
  { kysely: db }: CatalogueDatabase,
  endpointId: string,
  query: EndpointMessageQuery,
): Promise<Page<MessageDelivery>> {
  const page = await readPage(query, async (scan) => {
    const rows = await db
      .selectFrom(mergedScans(scansOf(db, endpointId, query, scan), scan))
      .innerJoin("delivery", "delivery.message_id", "page.key")
      .innerJoin("message", "message.id", "page.key")
      .select(COLUMNS)
      .where("delivery.endpoint_id", "=", endpointId)
      .orderBy("page.key", scan.direction)
      .execute();
    return rows.map((row) => ({ message: toMessage(row), delivery: toDelivery(row) }));
  });
  if (!query.withPayload) return page;
  return addPayloads(db, page, query, {
    messageId: ({ message }) => message.id,
    withPayload: (row, payload) => ({ ...row, message: { ...row.message, payload } }),
  });
}

function scansOf(
  db: Kysely<Tables>,
  endpointId: string,
  query: Asked,
  scan: Scan,
): readonly Expression<Key>[] {
  const eventTypes = [...new Set(query.eventTypes)];
  const statuses = statusesOf(query);
  if (labelsAsked(query).length > 0) return [labelled(db, endpointId, query, scan)];
  const deliveries = db
    .selectFrom("delivery")
    .select("message_id as key")
    .where("endpoint_id", "=", endpointId)
    .where((eb) => eb.and(within(scan, "delivery.message_id")))
    .orderBy("message_id", scan.direction)
    .limit(scan.rowsMax);
  if (eventTypes.length === 0) {
    return statuses.map((status) => deliveries.where(DELIVERY_STATUS, "=", status));
  }
  const ofStatus =
    query.statuses === undefined ? deliveries : deliveries.where(DELIVERY_STATUS, "in", statuses);
  return eventTypes.map((eventType) => ofStatus.where("event_type", "=", eventType));
}

/** By one label; what else is asked for is looked up for each delivery that has it. */
function labelled(
  db: Kysely<Tables>,
  endpointId: string,
  query: Asked,
  scan: Scan,
): Expression<Key> {
  const [label = "", ...others] = labelsAsked(query);
  const ofLabels = db
    .selectFrom("delivery_label")
    .select("delivery_label.message_id as key")
    .where("delivery_label.endpoint_id", "=", endpointId)
    .where("delivery_label.label", "=", label)
    .where((eb) => eb.and(within(scan, "delivery_label.message_id")))
    .where((eb) =>
      eb.and(
        others.map((other) => {
          const labels = eb.selectFrom("delivery_label as other").select("other.label");
          const same = labels.whereRef("other.message_id", "=", "delivery_label.message_id");
          const ours = same.where("other.endpoint_id", "=", endpointId);
          return eb.exists(ours.where("other.label", "=", other));
        }),
      ),
    )
    .orderBy("delivery_label.message_id", scan.direction)
    .limit(scan.rowsMax);
  const { eventTypes = [] } = query;
  if (eventTypes.length === 0 && query.statuses === undefined) return ofLabels;
  return ofLabels.where((eb) => {
    const deliveries = eb.selectFrom("delivery").select("delivery.message_id");
    const ours = deliveries.where("delivery.endpoint_id", "=", endpointId);
    const asked = ours
      .whereRef("delivery.message_id", "=", "delivery_label.message_id")
      .where(DELIVERY_STATUS, "in", statusesOf(query))
      .$if(eventTypes.length > 0, (rows) => rows.where("delivery.event_type", "in", eventTypes));
    return eb.exists(oneByOne(asked));
  });
}

function statusesOf({ statuses }: Asked): readonly number[] {
  return statuses?.map((status) => STATUS_CODES[status]) ?? Object.values(STATUS_CODES);
}
