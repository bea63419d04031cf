import type { Endpoint } from "../../domain/records.ts";
import type { MessageScan, Replays, Scanned } from "../catalogue-tasks.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { scanDeliveries } from "./replay-deliveries.ts";
import { boundsOf, pageOf, ROWS_MAX } from "./replay-page.ts";

export function createReplays(database: CatalogueDatabase): Replays {
  const { kysely: db } = database;
  return {
    failed: async (endpointId, scan) =>
      scanDeliveries(database, endpointId, { statuses: ["retrying", "failed"] }, scan),
    delivered: async (endpointId, filter, scan) =>
      scanDeliveries(database, endpointId, filter, scan),
    missing: async (endpoint, scan) => missing(database, endpoint, scan),
    withPayload: async (applicationId, scan) => withPayload(database, applicationId, scan),
    async purge(messageIds) {
      if (messageIds.length === 0) return;
      const ids = db.selectFrom("message").select("id").where("id", "in", messageIds).orderBy("id");
      await db
        .updateTable("message")
        .set({ payload: null, payload_expires_at_ms: null })
        .where("id", "in", database.locked(ids, "all"))
        .execute();
    },
  };
}

async function missing(
  database: CatalogueDatabase,
  endpoint: Endpoint,
  scan: MessageScan,
): Promise<Scanned> {
  const { eventTypes, channels } = endpoint;
  const { end, within } = await messages(database, endpoint.applicationId, scan);
  const rows = await within
    .where("recipients", "is", null)
    // What is to be sent later is not missing so far.
    .where((eb) => eb.or([eb("deliver_at_ms", "is", null), eb("deliver_at_ms", "<=", Date.now())]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("delivery")
            .select("delivery.message_id")
            .whereRef("delivery.message_id", "=", "message.id")
            .where("delivery.endpoint_id", "=", endpoint.id),
        ),
      ),
    )
    .$if(eventTypes !== null, (rows) => rows.where("event_type", "in", eventTypes ?? []))
    .$if(channels !== null, (rows) =>
      rows.where((eb) =>
        eb.or(
          (channels ?? []).map((channel) => database.listIncludes(eb.ref("channels"), channel)),
        ),
      ),
    )
    .execute();
  return pageOf(
    rows.map(({ id }) => id),
    end,
    scan,
  );
}

async function withPayload(
  database: CatalogueDatabase,
  applicationId: string,
  scan: MessageScan,
): Promise<Scanned> {
  const { end, within } = await messages(database, applicationId, scan);
  const rows = await within.where("payload", "is not", null).execute();
  return pageOf(
    rows.map(({ id }) => id),
    end,
    scan,
  );
}

/** An application's messages, as far as one page looks. */
async function messages(
  { kysely: db }: CatalogueDatabase,
  applicationId: string,
  scan: MessageScan,
) {
  const upTo = (end: string | null = null) =>
    db
      .selectFrom("message")
      .select("id")
      .where("application_id", "=", applicationId)
      .where((eb) =>
        eb.and(boundsOf(scan, end).map(({ operator, key }) => eb("id", operator, key))),
      )
      .orderBy("id");
  const last = await upTo()
    .offset(ROWS_MAX - 1)
    .limit(1)
    .executeTakeFirst();
  const end = last?.id ?? null;
  return { end, within: upTo(end).limit(scan.idsMax) };
}
