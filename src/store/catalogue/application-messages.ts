import type { Expression, Kysely } from "kysely";
import type { Message } from "../../domain/records.ts";
import type { MessageQuery, Page } from "../catalogue.ts";
import { labelsAsked } from "../labels.ts";
import { toMessage } from "../rows.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { mergedScans, oneByOne, within, type Key } from "./merged-scans.ts";
import { readPage, type Scan } from "./page.ts";
import { addPayloads } from "./payloads.ts";

const COLUMNS = [
  "message.id",
  "message.application_id",
  "message.event_type",
  "message.event_id",
  "message.channels",
  "message.tags",
  "message.deliver_at_ms",
] as const;

type Asked = Omit<MessageQuery, "withPayload">;

export async function listApplicationMessages(
  { kysely: db }: CatalogueDatabase,
  applicationId: string,
  query: MessageQuery,
): Promise<Page<Message>> {
  const page = await readPage(query, async (scan) => {
    const rows = await db
      .selectFrom(mergedScans(scansOf(db, applicationId, query, scan), scan))
      .innerJoin("message", "message.id", "page.key")
      .select(COLUMNS)
      .orderBy("page.key", scan.direction)
      .execute();
    return rows.map((row) => toMessage(row));
  });
  if (!query.withPayload) return page;
  return addPayloads(db, page, query, {
    messageId: ({ id }) => id,
    withPayload: (message, payload) => ({ ...message, payload }),
  });
}

function scansOf(
  db: Kysely<Tables>,
  applicationId: string,
  query: Asked,
  scan: Scan,
): readonly Expression<Key>[] {
  const eventTypes = [...new Set(query.eventTypes)];
  if (labelsAsked(query).length > 0) return [labelled(db, applicationId, query, scan)];
  const messages = db
    .selectFrom("message")
    .select("id as key")
    .where("application_id", "=", applicationId)
    .where((eb) => eb.and(within(scan, "message.id")))
    .orderBy("id", scan.direction)
    .limit(scan.rowsMax);
  if (eventTypes.length === 0) return [messages];
  return eventTypes.map((eventType) => messages.where("event_type", "=", eventType));
}

/** By one label; what else is asked for is looked up for each message that has it. */
function labelled(
  db: Kysely<Tables>,
  applicationId: string,
  query: Asked,
  scan: Scan,
): Expression<Key> {
  const [label = "", ...others] = labelsAsked(query);
  const ofLabels = db
    .selectFrom("message_label")
    .select("message_label.message_id as key")
    .where("message_label.application_id", "=", applicationId)
    .where("message_label.label", "=", label)
    .where((eb) => eb.and(within(scan, "message_label.message_id")))
    .where((eb) =>
      eb.and(
        others.map((other) => {
          const labels = eb.selectFrom("message_label as other").select("other.label");
          const same = labels.whereRef("other.message_id", "=", "message_label.message_id");
          const ours = same.where("other.application_id", "=", applicationId);
          return eb.exists(ours.where("other.label", "=", other));
        }),
      ),
    )
    .orderBy("message_label.message_id", scan.direction)
    .limit(scan.rowsMax);
  const { eventTypes = [] } = query;
  if (eventTypes.length === 0) return ofLabels;
  return ofLabels.where((eb) => {
    const messages = eb.selectFrom("message").select("message.id");
    const same = messages.whereRef("message.id", "=", "message_label.message_id");
    return eb.exists(oneByOne(same.where("message.event_type", "in", eventTypes)));
  });
}
