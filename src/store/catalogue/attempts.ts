import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import type { Attempt } from "../../domain/records.ts";
import type { AttemptQuery, Attempts, AttemptWithMessage, Page } from "../catalogue.ts";
import { toAttempt } from "../rows.ts";
import type { Tables } from "../tables.ts";
import { ATTEMPT_COLUMNS } from "./attempt-columns.ts";
import { countAttempts } from "./attempt-counts.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { listEndpointAttempts } from "./endpoint-attempts.ts";
import { within } from "./merged-scans.ts";
import { readMessage, readMessages } from "./messages.ts";
import { readPage } from "./page.ts";
import { addPayloads } from "./payloads.ts";
import { classesOf, STATUS_CLASS } from "./status-class.ts";

/** What clients of this API are shown in an expunged answer's place. */
const EXPUNGED = "EXPUNGED";

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
    async listByEndpoint(endpointId, query) {
      const page = await listEndpointAttempts(database, endpointId, query);
      return withMessages(database, page, query);
    },
    async listByMessage(messageId, query) {
      const page = await listMessageAttempts(database, messageId, query);
      return withMessages(database, page, query);
    },
  };
}

async function find(
  { kysely: db }: CatalogueDatabase,
  messageId: string,
  attemptId: string,
): Promise<AttemptWithMessage | undefined> {
  const row = await db
    .selectFrom("attempt")
    .select(ATTEMPT_COLUMNS)
    .select("response")
    .where("message_id", "=", messageId)
    .where("id", "=", attemptId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const message = await readMessage(db, messageId);
  return { attempt: toAttempt(row), message: message ?? null };
}

/** A message's attempts lie together: filters are looked up in each. */
async function listMessageAttempts(
  database: CatalogueDatabase,
  messageId: string,
  query: AttemptQuery,
): Promise<Page<Attempt>> {
  const { eventTypes = [], endpointId } = query;
  const classes = classesOf(query);
  // What failed with a 2xx: there is no such attempt, and Postgres takes no empty list.
  if (classes.length === 0) return { rows: [], hasMore: false };
  return readPage(query, async (scan) => {
    const rows = await database.kysely
      .selectFrom("attempt")
      .select(ATTEMPT_COLUMNS)
      .$if(query.withResponse, (rows) => rows.select("response"))
      .where("message_id", "=", messageId)
      .where((eb) => eb.and(within(scan, "attempt.id")))
      .where(STATUS_CLASS, "in", classes)
      .$if(endpointId !== undefined, (rows) => rows.where("endpoint_id", "=", endpointId ?? ""))
      .$if(eventTypes.length > 0, (rows) => rows.where("event_type", "in", eventTypes))
      .where((eb) => eb.and(ofMessage(eb, messageId, query, database)))
      .orderBy("id", scan.direction)
      .limit(scan.rowsMax)
      .execute();
    return rows.map(toAttempt);
  });
}

/** Its channels and tags are looked up once, not for each attempt. */
function ofMessage(
  eb: ExpressionBuilder<Tables, "attempt">,
  messageId: string,
  { channel, tag }: AttemptQuery,
  { listIncludes }: CatalogueDatabase,
): readonly Expression<SqlBool>[] {
  if (channel === undefined && tag === undefined) return [];
  const message = eb
    .selectFrom("message")
    .select("message.id")
    .where("message.id", "=", messageId)
    .where((eb) =>
      eb.and([
        ...(channel === undefined ? [] : [listIncludes(eb.ref("message.channels"), channel)]),
        ...(tag === undefined ? [] : [listIncludes(eb.ref("message.tags"), tag)]),
      ]),
    );
  return [eb.exists(message)];
}

async function withMessages(
  { kysely: db }: CatalogueDatabase,
  page: Page<Attempt>,
  query: AttemptQuery,
): Promise<Page<AttemptWithMessage>> {
  if (!query.withMessage) {
    return { ...page, rows: page.rows.map((attempt) => ({ attempt, message: null })) };
  }
  const messageIds = new Set(page.rows.map(({ messageId }) => messageId));
  const messages = await readMessages(db, [...messageIds]);
  const rows = page.rows.map((attempt) => ({
    attempt,
    message: messages.get(attempt.messageId) ?? null,
  }));
  return addPayloads<AttemptWithMessage>(db, { ...page, rows }, query, {
    messageId: ({ message }) => message?.id,
    withPayload: (row, payload) => ({
      ...row,
      message: row.message && { ...row.message, payload },
    }),
  });
}
