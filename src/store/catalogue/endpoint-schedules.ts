import type { Kysely } from "kysely";
import type { EndpointSchedules } from "../catalogue-schedules.ts";
import { toSchedule } from "../rows.ts";
import type { Tables } from "../tables.ts";
import { changeRow } from "./change-row.ts";

export function createEndpointSchedules(db: Kysely<Tables>): EndpointSchedules {
  return {
    async find(endpointId) {
      return toSchedule((await read(db, endpointId))?.text ?? null);
    },
    async change(endpointId, schedule, nowMs) {
      const text = schedule === null ? null : JSON.stringify(schedule);
      const access = {
        read: async () => read(db, endpointId),
        write: async (row: ScheduleRow, found: ScheduleRow) => write(db, endpointId, row, found),
      };
      await changeRow(access, () => ({ text, updatedAtMs: nowMs }));
    },
  };
}

type ScheduleRow = { readonly text: string | null; readonly updatedAtMs: number };

async function read(db: Kysely<Tables>, endpointId: string): Promise<ScheduleRow | undefined> {
  return db
    .selectFrom("endpoint")
    .select(["retry_schedule as text", "updated_at_ms as updatedAtMs"])
    .where("id", "=", endpointId)
    .where("deleted_at_ms", "is", null)
    .executeTakeFirst();
}

async function write(
  db: Kysely<Tables>,
  endpointId: string,
  { text, updatedAtMs }: ScheduleRow,
  found: ScheduleRow,
): Promise<bigint> {
  const { numUpdatedRows } = await db
    .updateTable("endpoint")
    .set({ retry_schedule: text, updated_at_ms: updatedAtMs })
    .where("id", "=", endpointId)
    .where("updated_at_ms", "=", found.updatedAtMs)
    .where("deleted_at_ms", "is", null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows;
}
