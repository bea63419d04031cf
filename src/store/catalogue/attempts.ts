import { sql, type Expression, type ExpressionBuilder, type SqlBool } from "kysely";
import type { AttemptQuery, Attempts, AttemptWithMessage, Page } from "../catalogue.ts";
import { countAttempts } from "./attempt-counts.ts";
import { toAttempt } from "../rows.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { readMessages } from "./messages.ts";
import { readPage } from "./page.ts";

const STATUS_CODES_IN_CLASS = 100;
/** What clients of this API are shown in an expunged answer's place. */
const EXPUNGED = "EXPUNGED";

const COLUMNS = [
  "id",
  "message_id",
  "endpoint_id",
  "application_id",
  "number",
  "trigger",
  "url",
  "succeeded",
  "status_code",
  "reason",
  "duration_ms",
  "ended_at_ms",
] as const;

export function createAttempts(database: CatalogueDatabase): Attempts {
  return {
    find: async (messageId, attemptId) => find(database, messageId, attemptId),
    async expunge(messageId, attemptId) {
      const { numUpdatedRows } = await database.kysely
        .updateTable("attempt")
        .set({ response: EXPUNGED, response_headers: null })
        .where("message_id", "=", messageId)
        .where("id", "=", attemptId)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },
    count: async (endpointId, range) => countAttempts(database.kysely, endpointId, range),
    listByEndpoint: async (endpointId, query) =>
      list(database, { column: "endpoint_id", value: endpointId }, query),
    listByMessage: async (messageId, query) =>
      list(database, { column: "message_id", value: messageId }, query),
  };
}

async function find(
  { kysely: db }: CatalogueDatabase,
  messageId: string,
  attemptId: string,
): Promise<AttemptWithMessage | undefined> {
  const row = await db
    .selectFrom("attempt")
    .select(COLUMNS)
    .select("response")
    .where("message_id", "=", messageId)
    .where("id", "=", attemptId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const messages = await readMessages(db, [messageId], true);
  return { attempt: toAttempt(row), message: messages.get(messageId) ?? null };
}

type Owner = { readonly column: "endpoint_id" | "message_id"; readonly value: string };

async function list(
  database: CatalogueDatabase,
  owner: Owner,
  query: AttemptQuery,
): Promise<Page<AttemptWithMessage>> {
  const db = database.kysely;
  const page = await readPage(query, async (scan) => {
    const rows = await db
      .selectFrom("attempt")
      .select(COLUMNS)
      .$if(query.withResponse, (rows) => rows.select("response"))
      .where(owner.column, "=", owner.value)
      .where((eb) => eb.and(scan.bounds.map(({ operator, key }) => eb("id", operator, key))))
      .where((eb) => eb.and(filters(eb, query, database)))
      .orderBy("id", scan.direction)
      .limit(scan.rowsMax)
      .execute();
    return rows.map(toAttempt);
  });

  const messageIds = new Set(page.rows.map(({ messageId }) => messageId));
  const messages = await readMessages(db, query.withMessage ? [...messageIds] : [], true);
  const rows = page.rows.map((attempt) => ({
    attempt,
    message: messages.get(attempt.messageId) ?? null,
  }));
  return { ...page, rows };
}

function filters(
  eb: ExpressionBuilder<Tables, "attempt">,
  { succeeded, statusCodeClass, channel, eventTypes, endpointId }: AttemptQuery,
  { listIncludes }: CatalogueDatabase,
): readonly Expression<SqlBool>[] {
  const filters: Expression<SqlBool>[] = [];
  // As text, so that the index of failed attempts serves it.
  if (succeeded !== undefined) filters.push(succeeded ? sql`succeeded` : sql`not succeeded`);
  if (statusCodeClass !== undefined) {
    filters.push(eb("status_code", ">=", statusCodeClass));
    filters.push(eb("status_code", "<", statusCodeClass + STATUS_CODES_IN_CLASS));
  }
  if (eventTypes !== undefined && eventTypes.length > 0) {
    filters.push(eb("event_type", "in", eventTypes));
  }
  if (endpointId !== undefined) filters.push(eb("endpoint_id", "=", endpointId));
  if (channel !== undefined) {
    const message = eb.selectFrom("message").whereRef("message.id", "=", "attempt.message_id");
    const inChannel = message.where((eb) => listIncludes(eb.ref("message.channels"), channel));
    filters.push(eb.exists(inChannel.select("message.id")));
  }
  return filters;
}
