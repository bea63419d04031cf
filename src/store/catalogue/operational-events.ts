import type { OperationalEvent } from "../../domain/operational-events.ts";
import type { KeptOperationalEvent, OperationalEvents } from "../catalogue-operational.ts";
import type { OperationalEventRow } from "../operational-table.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";

/** Who writes them: the triggers of migration 0013. */
export function createOperationalEvents({
  kysely: db,
  locked,
}: CatalogueDatabase): OperationalEvents {
  return {
    async take(nowMs, untilMs, rowsMax) {
      const waiting = db
        .selectFrom("operational_event")
        .select("id")
        .where("taken_until_ms", "<=", nowMs)
        .orderBy("id")
        .limit(rowsMax);
      const rows = await db
        .updateTable("operational_event")
        .set({ taken_until_ms: untilMs })
        .where("id", "in", locked(waiting, "free"))
        .returning(["id", "organization_id", "type", "facts"])
        .execute();
      return rows.toSorted((a, b) => a.id - b.id).map(toKept);
    },
    async forget(ids) {
      if (ids.length === 0) return;
      await db.deleteFrom("operational_event").where("id", "in", ids.map(Number)).execute();
    },
  };
}

function toKept({ id, organization_id, type, facts }: OperationalEventRow): KeptOperationalEvent {
  const event = { type, facts: JSON.parse(facts) as unknown } as OperationalEvent;
  return { id: String(id), organizationId: organization_id, event };
}
