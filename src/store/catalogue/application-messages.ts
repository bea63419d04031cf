import type { Expression, Kysely } from "kysely";
import type { Message } from "../../domain/records.ts";
import type { MessageQuery, Page } from "../catalogue.ts";
import { labelsAsked } from "../labels.ts";
import { toMessage } from "../rows.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { mergedScans, within, type Key } from "./merged-scans.ts";
import { readPage, type Scan } from "./page.ts";
import { unexpired } from "./unexpired.ts";

const COLUMNS = [
  "message.id",
  "message.application_id",
  "message.event_type",
  "message.event_id",
  "message.channels",
  "message.tags",
] as const;

type Asked = Omit<MessageQuery, "withPayload">;

export async function listApplicationMessages(
  { kysely: db }: CatalogueDatabase,
  applicationId: string,
  query: MessageQuery,
): Promise<Page<Message>> {
  return readPage(query, async (scan) => {
    const rows = await db
      .selectFrom(mergedScans(scansOf(db, applicationId, query, scan), scan))
      .innerJoin("message", "message.id", "page.key")
      .select(COLUMNS)
      .$if(query.withPayload, (rows) => rows.select(unexpired("message.payload")))
      .orderBy("page.key", scan.direction)
      .execute();
    return rows.map(toMessage);
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

/** By one label; what else is asked for is looked up in each message that has it. */
function labelled(
  db: Kysely<Tables>,
  applicationId: string,
  query: Asked,
  scan: Scan,
): Expression<Key> {
  const { eventTypes = [] } = query;
  const [label = "", ...others] = labelsAsked(query);
  return db
    .selectFrom("message_label")
    .innerJoin("message", "message.id", "message_label.message_id")
    .select("message_label.message_id as key")
    .where("message_label.application_id", "=", applicationId)
    .where("message_label.label", "=", label)
    .where((eb) => eb.and(within(scan, "message_label.message_id")))
    .$if(eventTypes.length > 0, (rows) => rows.where("message.event_type", "in", eventTypes))
    .where((eb) =>
      eb.and(
        others.map((other) =>
          eb.exists(
            eb
              .selectFrom("message_label as other")
              .select("other.label")
              .where("other.application_id", "=", applicationId)
              .where("other.label", "=", other)
              .whereRef("other.message_id", "=", "message_label.message_id"),
          ),
        ),
      ),
    )
    .orderBy("message_label.message_id", scan.direction)
    .limit(scan.rowsMax);
}
