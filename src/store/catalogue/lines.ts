import { setImmediate as nextTurn } from "node:timers/promises";
import { sql, type Kysely } from "kysely";
import type { LinesToSee, OverdueLines, SwitchedLine } from "../catalogue-lines.ts";
import { LINE_OVERDUE_MS } from "../line.ts";
import { OVERDUE_MS } from "../store.ts";
import type { Tables } from "../tables.ts";
import { acceptedPlace } from "./accepted-place.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { DELIVERY_STATUS, STATUS_CODES } from "./delivery-status.ts";

/** Longer than it takes to settle one. */
const TAKEN_MS = 30_000;

export function createLines(database: CatalogueDatabase): LinesToSee {
  return {
    takeSwitched: async (nowMs, rowsMax) => takeSwitched(database, nowMs, rowsMax),
    async settle(line, nowMs) {
      if (line.ordered) await form(database, line, nowMs);
      else await dissolve(database, line, nowMs);
      await database.kysely
        .updateTable("endpoint")
        .set({ line_at_ms: null })
        .where("id", "=", line.endpointId)
        .where("line_at_ms", "=", line.takenUntilMs)
        .execute();
    },
    overdue: async (nowMs, afterId, rowsMax) =>
      overdueLines(database.kysely, nowMs, afterId, rowsMax),
  };
}

async function takeSwitched(
  { kysely: db, locked }: CatalogueDatabase,
  nowMs: number,
  rowsMax: number,
): Promise<readonly SwitchedLine[]> {
  const takenUntilMs = nowMs + TAKEN_MS;
  const switched = db
    .selectFrom("endpoint")
    .select("id")
    .where("line_at_ms", "<=", nowMs)
    .orderBy("line_at_ms")
    .limit(rowsMax);
  const rows = await db
    .updateTable("endpoint")
    .set({ line_at_ms: takenUntilMs })
    .where("id", "in", locked(switched, "free"))
    .returning(["id", "ordered"])
    .execute();
  return rows.map(({ id, ordered }) => ({
    endpointId: id,
    ordered: Boolean(ordered),
    takenUntilMs,
  }));
}

async function form(database: CatalogueDatabase, line: SwitchedLine, nowMs: number): Promise<void> {
  const { kysely: db, rowsAtOnce, locked } = database;
  // In this order: what is attempted meanwhile is among the others then.
  for (const status of [STATUS_CODES.unattempted, STATUS_CODES.retrying]) {
    for (let from: string | undefined = ""; from !== undefined; await nextTurn()) {
      const rows = await outside(db, line, { status, from }).limit(rowsAtOnce.written).execute();
      from = rows.length < rowsAtOnce.written ? undefined : rows.at(-1)?.message_id;
      const ids = rows.map(({ message_id }) => message_id);
      if (ids.length === 0) break;
      const joining = outside(db, line, { status, from: "" }).where("message_id", "in", ids);
      await db
        .updateTable("delivery")
        .set({ place: placeInLine(ids), sweep_at_ms: nowMs + LINE_OVERDUE_MS })
        .where("endpoint_id", "=", line.endpointId)
        .where("message_id", "in", locked(joining, "all"))
        .where(isStill(line))
        .execute();
    }
  }
}

type Part = { readonly status: number; readonly from: string };

function outside(db: Kysely<Tables>, { endpointId }: SwitchedLine, { status, from }: Part) {
  return db
    .selectFrom("delivery")
    .select("message_id")
    .where("endpoint_id", "=", endpointId)
    .where(DELIVERY_STATUS, "=", status)
    .where("message_id", ">", from)
    .where("place", "is", null)
    .orderBy("message_id");
}

/** When its message is to be sent, or else was accepted. */
function placeInLine(messageIds: readonly string[]) {
  return sql<number>`(
    select ${acceptedPlace(messageIds)} from message where message.id = delivery.message_id)`;
}

/** It was not switched once more. */
function isStill({ endpointId, takenUntilMs }: SwitchedLine) {
  return sql<boolean>`exists (
    select 1 from endpoint where id = ${endpointId} and line_at_ms = ${takenUntilMs})`;
}

async function dissolve(
  { kysely: db, rowsAtOnce, locked }: CatalogueDatabase,
  line: SwitchedLine,
  nowMs: number,
): Promise<void> {
  for (;;) {
    const leaving = db
      .selectFrom("delivery")
      .select("message_id")
      .where("endpoint_id", "=", line.endpointId)
      .where("state", "=", sql.lit("pending"))
      .where("place", "is not", null)
      .orderBy("message_id")
      .limit(rowsAtOnce.written);
    const left = await db
      .updateTable("delivery")
      .set({
        place: null,
        sweep_at_ms: sql<number>`case
          when next_attempt_at_ms > ${nowMs} then next_attempt_at_ms
          else cast(${nowMs} as bigint) end`,
        // A workflow of another id: one that carries the message elsewhere has forgotten this part.
        reopened_at_ms: sql<number>`reopened_at_ms + 1`,
      })
      .where("endpoint_id", "=", line.endpointId)
      .where("message_id", "in", locked(leaving, "all"))
      .where(isStill(line))
      .returning("message_id")
      .execute();
    if (left.length < rowsAtOnce.written) return;
    await nextTurn();
  }
}

async function overdueLines(
  db: Kysely<Tables>,
  nowMs: number,
  afterId: string,
  rowsMax: number,
): Promise<OverdueLines> {
  const sinceMs = nowMs - OVERDUE_MS;
  const { rows } = await sql<{ id: string; overdue: boolean | number }>`
    select page.id, coalesce(first.place <= ${sinceMs * 1_000}
      and first.next_attempt_at_ms <= ${sinceMs} and first.lease_until_ms <= ${nowMs}, false)
      as overdue
    from (
      select id from endpoint
      where ordered and id > ${afterId} and deleted_at_ms is null and line_at_ms is null
      order by id limit ${rowsMax}
    ) page
    left join delivery first on first.endpoint_id = page.id and first.message_id = (
      select message_id from delivery
      where endpoint_id = page.id and state = 'pending' and place is not null
      order by place, message_id limit 1
    )
    order by page.id`.execute(db);
  return {
    endpointIds: rows.filter(({ overdue }) => Boolean(overdue)).map(({ id }) => id),
    nextId: rows.length < rowsMax ? null : (rows.at(-1)?.id ?? null),
  };
}
