import type { Kysely } from "kysely";
import { isId } from "../../domain/ids.ts";
import type { Message } from "../../domain/records.ts";
import type { Messages } from "../catalogue.ts";
import { toDelivery, toMessage } from "../rows.ts";
import type { Tables } from "../tables.ts";
import { listApplicationMessages } from "./application-messages.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { listEndpointMessages } from "./endpoint-messages.ts";
import { expungeMany } from "./expunge.ts";
import { unexpired } from "./unexpired.ts";

const COLUMNS = [
  "id",
  "application_id",
  "event_type",
  "event_id",
  "channels",
  "tags",
  "deliver_at_ms",
] as const;

export function createMessages(database: CatalogueDatabase): Messages {
  const db = database.kysely;
  return {
    find: async (applicationId, idOrEventId, withPayload) =>
      (isId("msg", idOrEventId)
        ? await findBy(db, ["id", idOrEventId], applicationId, withPayload)
        : undefined) ?? (await findBy(db, ["event_id", idOrEventId], applicationId, withPayload)),
    list: async (applicationId, query) => listApplicationMessages(database, applicationId, query),
    async expunge(messageId) {
      await db
        .updateTable("message")
        .set({ payload: null, payload_expires_at_ms: null })
        .where("id", "=", messageId)
        .execute();
    },
    expungeMany: async (applicationId, names) => expungeMany(database, applicationId, names),
    listByEndpoint: async (endpointId, query) => listEndpointMessages(database, endpointId, query),
    async deliveries(messageId) {
      const rows = await db
        .selectFrom("delivery")
        .selectAll()
        .where("message_id", "=", messageId)
        .orderBy("endpoint_id")
        .execute();
      return rows.map(toDelivery);
    },
  };
}

/** Those of `ids` that are there, by id, without their payloads. */
export async function readMessages(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Message>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("message").select(COLUMNS).where("id", "in", ids).execute();
  return new Map(rows.map((row) => [row.id, toMessage(row)]));
}

export async function readMessage(db: Kysely<Tables>, id: string): Promise<Message | undefined> {
  const row = await db
    .selectFrom("message")
    .select(COLUMNS)
    .select(unexpired("payload"))
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? undefined : toMessage(row);
}

async function findBy(
  db: Kysely<Tables>,
  [column, value]: readonly ["id" | "event_id", string],
  applicationId: string,
  withPayload: boolean,
): Promise<Message | undefined> {
  const row = await db
    .selectFrom("message")
    .select(COLUMNS)
    .$if(withPayload, (rows) => rows.select(unexpired("payload")))
    .where("application_id", "=", applicationId)
    .where(column, "=", value)
    .executeTakeFirst();
  return row === undefined ? undefined : toMessage(row);
}
