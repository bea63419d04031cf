import { sql, type CompiledQuery, type Kysely } from "kysely";
import type { Reopened, Reopening } from "../catalogue-reopenings.ts";
import { labelsOf } from "../labels.ts";
import { toNames } from "../rows.ts";
import { LINE_OVERDUE_MS } from "../line.ts";
import { OVERDUE_MS } from "../store.ts";
import type { Tables } from "../tables.ts";
import { acceptedPlace } from "./accepted-place.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";

export async function reopenDeliveries(
  { kysely: db, inOneTransaction }: CatalogueDatabase,
  reopening: Reopening,
): Promise<readonly Reopened[]> {
  if (reopening.messageIds.length === 0) return [];
  const before = await readBefore(db, reopening);
  await inOneTransaction([reopen(db, reopening), ...labelling(db, reopening, before)]);
  const reopenedBefore = new Map(before.map((row) => [row.id, row.reopened_at_ms ?? -1]));
  const sinceMs = reopening.unlessSinceMs ?? Infinity;
  const after = await readAfter(db, reopening);
  return after.flatMap(({ reopenedAtMs, isWaiting, isInLine, ...message }) =>
    reopenedAtMs > (reopenedBefore.get(message.id) ?? -1) || reopenedAtMs >= sinceMs
      ? [{ ...message, isWaiting: Boolean(isWaiting), isInLine: Boolean(isInLine) }]
      : [],
  );
}

type Before = {
  readonly id: string;
  readonly channels: string | null;
  readonly tags: string | null;
  /** null where there is no delivery. */
  readonly reopened_at_ms: number | null;
};

async function readBefore(
  db: Kysely<Tables>,
  { applicationId, endpointId, messageIds }: Reopening,
): Promise<readonly Before[]> {
  return db
    .selectFrom("message")
    .leftJoin("delivery", (join) =>
      join
        .onRef("delivery.message_id", "=", "message.id")
        .on("delivery.endpoint_id", "=", endpointId),
    )
    .select(["message.id", "message.channels", "message.tags", "delivery.reopened_at_ms"])
    .where("message.id", "in", messageIds)
    .where("message.application_id", "=", applicationId)
    .execute();
}

// In the order of their keys, as every statement locks several rows. That this one begins anew is
// judged by the locked row, so that of two that do the same at once one finds it done.
function reopen(db: Kysely<Tables>, reopening: Reopening): CompiledQuery {
  const { applicationId, endpointId, messageIds, nowMs, unlessSinceMs } = reopening;
  const reopenedAtMs = Math.max(nowMs, unlessSinceMs ?? 0);
  const made = sql`delivery.attempts_made + case
    when delivery.state = 'pending' and delivery.lease_until_ms > ${nowMs} then 1 else 0 end`;
  return sql`
    insert into delivery (message_id, endpoint_id, application_id, event_type, state,
      attempts_made, next_attempt_at_ms, lease_until_ms, sweep_at_ms, reopened_at_ms,
      place)
    select message.id, endpoint.id, message.application_id, message.event_type, 'pending',
      0, cast(${nowMs} as bigint), 0,
      cast(${nowMs} as bigint) + case when endpoint.ordered then ${sql.lit(LINE_OVERDUE_MS)}
        else ${sql.lit(OVERDUE_MS)} end,
      cast(${reopenedAtMs} as bigint), case when endpoint.ordered then ${acceptedPlace(messageIds)} end
    from message
    join endpoint on endpoint.application_id = message.application_id
    where message.id in (${sql.join(messageIds)}) and message.application_id = ${applicationId}
      and message.payload is not null
      and coalesce(message.payload_expires_at_ms > ${nowMs}, true)
      and endpoint.id = ${endpointId} and not endpoint.disabled and endpoint.deleted_at_ms is null
    order by message.id
    on conflict (message_id, endpoint_id) do update set
      state = 'pending', attempts_made = ${made}, schedule_from = ${made},
      next_attempt_at_ms = excluded.next_attempt_at_ms, sweep_at_ms = excluded.sweep_at_ms,
      place = case when excluded.place is not null
        then coalesce(delivery.place, excluded.place) end,
      lease_holder = null, lease_until_ms = 0, slot_at_ms = null, workflow_id = null,
      reopened_at_ms = case
        when delivery.reopened_at_ms < excluded.reopened_at_ms then excluded.reopened_at_ms
        else delivery.reopened_at_ms + 1 end
    where delivery.reopened_at_ms < ${unlessSinceMs ?? Number.MAX_SAFE_INTEGER}`.compile(db);
}

/** What a delivery that is made here is listed by. */
function labelling(
  db: Kysely<Tables>,
  { endpointId }: Reopening,
  before: readonly Before[],
): readonly CompiledQuery[] {
  const labels = before
    .filter((row) => row.reopened_at_ms === null)
    .flatMap(({ id, channels, tags }) =>
      labelsOf({ channels: toNames(channels), tags: toNames(tags) }).map((label) => ({
        endpoint_id: endpointId,
        label,
        message_id: id,
      })),
    );
  if (labels.length === 0) return [];
  const insert = db.insertInto("delivery_label").values(labels);
  return [insert.onConflict((conflict) => conflict.doNothing()).compile()];
}

type After = Omit<Reopened, "isWaiting" | "isInLine"> & {
  readonly isInLine: boolean | number;
  readonly reopenedAtMs: number;
  readonly isWaiting: boolean | number;
};

async function readAfter(
  db: Kysely<Tables>,
  { endpointId, messageIds }: Reopening,
): Promise<readonly After[]> {
  const { rows } = await sql<After>`
    select message_id as id, application_id as "applicationId", event_type as "eventType",
      reopened_at_ms as "reopenedAtMs",
      state = 'pending' and workflow_id is null and place is null as "isWaiting",
      place is not null as "isInLine", (
        select count(*) from delivery sibling
        where sibling.message_id = delivery.message_id and sibling.state = 'pending'
      ) as deliveries, (
        select cast(sum(reopened_at_ms) as bigint) from delivery sibling
        where sibling.message_id = delivery.message_id
      ) as round
    from delivery
    where endpoint_id = ${endpointId} and message_id in (${sql.join(messageIds)})
    order by message_id`.execute(db);
  return rows;
}
