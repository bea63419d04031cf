import { sql, type Kysely } from "kysely";
import type { EndpointToTell, Watches, WhichToTell } from "../catalogue-watches.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { judgeEndpoint } from "./judge-endpoint.ts";

/** Within this a watch is told, or Temporal is away. */
const TAKEN_MS = 30_000;

export function createWatches(database: CatalogueDatabase): Watches {
  const { kysely: db } = database;
  return {
    take: async (nowMs, which) => take(database, nowMs, which),
    async told({ id, takenUntilMs }, againAtMs) {
      await db
        .updateTable("endpoint")
        .set({ watch_at_ms: againAtMs })
        .where("id", "=", id)
        .where("watch_at_ms", "=", takenUntilMs)
        .execute();
    },
    async lastWatched(nowMs) {
      const row = await watched(db, nowMs)
        .select("id")
        .orderBy("watch_at_ms", "desc")
        .limit(1)
        .executeTakeFirst();
      return row?.id;
    },
    async offerWatched(nowMs) {
      const ids = watched(db, nowMs).select("id").orderBy("id");
      const { numUpdatedRows } = await db
        .updateTable("endpoint")
        .set({ watch_at_ms: nowMs })
        .where("id", "in", database.locked(ids, "all"))
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
    judge: async (endpointId, waited, limits) =>
      judgeEndpoint(database, endpointId, waited, limits),
  };
}

/** Their watch sleeps: nobody is telling it something just now. */
function watched(db: Kysely<Tables>, nowMs: number) {
  return db
    .selectFrom("endpoint")
    .where("watch_at_ms", ">", nowMs + TAKEN_MS)
    .where("watched", "=", true);
}

async function take(
  { kysely: db, locked }: CatalogueDatabase,
  nowMs: number,
  { sinceMs, rowsMax, withFailing }: WhichToTell,
): Promise<readonly EndpointToTell[]> {
  const takenUntilMs = nowMs + TAKEN_MS;
  const changed = db
    .selectFrom("endpoint")
    .select("id")
    .where("watch_at_ms", "<=", sinceMs)
    .where((eb) =>
      eb.or([eb("disabled", "=", true), eb("failing_since_ms", "is", null), eb.val(withFailing)]),
    )
    .orderBy("watch_at_ms")
    .limit(rowsMax);
  // Most looks find nothing, and then they should cost no more than that.
  if ((await changed.limit(1).executeTakeFirst()) === undefined) return [];
  const rows = await db
    .updateTable("endpoint")
    .set({
      watch_at_ms: takenUntilMs,
      // From now on a success is something that the watch has to be told.
      watched: sql<boolean>`failing_since_ms is not null and not disabled`,
    })
    .where("id", "in", locked(changed, "free"))
    .returning(["id", "failing_since_ms", "disabled"])
    .execute();
  return rows.map(({ id, failing_since_ms, disabled }) => ({
    id,
    failingSinceMs: failing_since_ms,
    disabled: Boolean(disabled),
    takenUntilMs,
  }));
}
