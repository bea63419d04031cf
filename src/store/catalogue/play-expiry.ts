import { sql } from "kysely";
import type { DeleteExpired } from "../catalogue-expiry.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";

/** First their requests, then the bins that have none. */
export function deletePlays({ kysely: db }: CatalogueDatabase): DeleteExpired {
  return async (nowMs, rowsMax) => {
    const requests = await sql`
      delete from play_request where (play_id, id) in (
        select play_request.play_id, play_request.id
        from play join play_request on play_request.play_id = play.id
        where play.expires_at_ms <= ${nowMs} limit ${rowsMax})`.execute(db);
    const deleted = Number(requests.numAffectedRows ?? 0n);
    if (deleted === rowsMax) return deleted;
    const due = db
      .selectFrom("play")
      .select("id")
      .where("expires_at_ms", "<=", nowMs)
      .orderBy("expires_at_ms")
      .limit(rowsMax - deleted);
    const plays = await db.deleteFrom("play").where("id", "in", due).executeTakeFirst();
    return deleted + Number(plays.numDeletedRows);
  };
}
