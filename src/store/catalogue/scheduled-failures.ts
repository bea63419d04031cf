import { setImmediate as nextTurn } from "node:timers/promises";
import type { Kysely } from "kysely";
import { lowestIdAt } from "../../domain/ids.ts";
import type { Tables } from "../tables.ts";
import { STATUS_CLASS, STATUS_CLASSES, SUCCEEDED_CLASS } from "./status-class.ts";

/** Read at once; SQLite does nothing else meanwhile. */
const ROWS_MAX = 500;
/** Ids are in order but for those of the same 4 ms: among so many is the first. */
const FIRST_MAX = 50;
const FAILED_CLASSES = STATUS_CLASSES.filter((one) => one !== SUCCEEDED_CLASS);

/** When an attempt that succeeded at `fromMs` (Unix) or later ended: to 4 ms, the last of them. */
export async function lastSuccessMs(
  db: Kysely<Tables>,
  endpointId: string,
  fromMs: number,
): Promise<number | undefined> {
  const row = await ofClass(db, endpointId, SUCCEEDED_CLASS)
    .select("ended_at_ms")
    .where("id", ">=", lowestIdAt("atmpt", fromMs))
    .where("ended_at_ms", ">=", fromMs)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.ended_at_ms;
}

/** When the first scheduled attempt that failed after `afterMs` (Unix) ended. */
export async function firstFailureMs(
  db: Kysely<Tables>,
  endpointId: string,
  afterMs: number,
): Promise<number | undefined> {
  const ends: number[] = [];
  for (const statusClass of FAILED_CLASSES) {
    const rows = await scheduled(db, endpointId, statusClass, afterMs + 1)
      .select("ended_at_ms")
      .limit(FIRST_MAX)
      .execute();
    ends.push(...rows.map((row) => row.ended_at_ms));
  }
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** How many scheduled attempts failed at `fromMs` (Unix) or later, counted with pauses for others. */
export async function countFailed(
  db: Kysely<Tables>,
  endpointId: string,
  fromMs: number,
): Promise<number> {
  let failed = 0;
  for (const statusClass of FAILED_CLASSES) {
    let after = "";
    for (;;) {
      const rows = await scheduled(db, endpointId, statusClass, fromMs)
        .select("id")
        .where("id", ">", after)
        .limit(ROWS_MAX)
        .execute();
      failed += rows.length;
      after = rows.at(-1)?.id ?? after;
      if (rows.length < ROWS_MAX) break;
      await nextTurn();
    }
  }
  return failed;
}

/** From a time on. Ids are less exact than times. */
function scheduled(db: Kysely<Tables>, endpointId: string, statusClass: number, fromMs: number) {
  return ofClass(db, endpointId, statusClass)
    .where("id", ">=", lowestIdAt("atmpt", fromMs))
    .where("ended_at_ms", ">=", fromMs)
    .where("trigger", "=", "scheduled")
    .orderBy("id");
}

function ofClass(db: Kysely<Tables>, endpointId: string, statusClass: number) {
  return db
    .selectFrom("attempt")
    .where("endpoint_id", "=", endpointId)
    .where(STATUS_CLASS, "=", statusClass);
}
