import type { Kysely } from "kysely";
import { CALL_LOST_MS, type CallBegun, type IdempotentCalls } from "../catalogue-idempotency.ts";
import type { SealedEndpoint } from "../sealed-endpoint.ts";
import { IDEMPOTENT_MS } from "../store.ts";
import type { Tables } from "../tables.ts";

/** Answers are sealed: some contain a secret or a token. */
export function createIdempotentCalls(
  db: Kysely<Tables>,
  { sealText, openText }: SealedEndpoint,
): IdempotentCalls {
  const find = async (key: string) =>
    db
      .selectFrom("idempotent_call")
      .select(["status", "body", "message_id"])
      .where("key", "=", key)
      .executeTakeFirst();

  return {
    async begin(key, nowMs): Promise<CallBegun> {
      if (await insertOrTakeOver(db, key, nowMs)) return { kind: "begun" };
      const found = await find(key);
      // Where it is gone, it was abandoned just now, and can be begun the next time.
      if (found === undefined || found.status === null) return { kind: "under_way" };
      const body = found.body === null ? null : openText(found.body);
      return { kind: "answered", status: found.status, body };
    },
    async finish({ key, begunAtMs }, { status, body }) {
      await db
        .updateTable("idempotent_call")
        .set({ status, body: body === null ? null : sealText(body) })
        .where("key", "=", key)
        .where("begun_at_ms", "=", begunAtMs)
        .where("status", "is", null)
        .execute();
    },
    async abandon({ key, begunAtMs }) {
      await db
        .deleteFrom("idempotent_call")
        .where("key", "=", key)
        .where("begun_at_ms", "=", begunAtMs)
        .where("status", "is", null)
        .execute();
    },
    async forgetMessage(key, messageId) {
      await db
        .deleteFrom("idempotent_call")
        .where("key", "=", key)
        .where("message_id", "=", messageId)
        .execute();
    },
    messageOf: async (key) => (await find(key))?.message_id ?? undefined,
  };
}

/** Answers whether it is the caller's now. */
async function insertOrTakeOver(db: Kysely<Tables>, key: string, nowMs: number): Promise<boolean> {
  const call = { begun_at_ms: nowMs, status: null, body: null, message_id: null };
  const row = await db
    .insertInto("idempotent_call")
    .values({ key, ...call })
    .onConflict((conflict) =>
      conflict
        .column("key")
        .doUpdateSet(call)
        .where((eb) =>
          eb.or([
            eb("idempotent_call.begun_at_ms", "<=", nowMs - IDEMPOTENT_MS),
            eb.and([
              eb("idempotent_call.status", "is", null),
              eb("idempotent_call.begun_at_ms", "<=", nowMs - CALL_LOST_MS),
            ]),
          ]),
        ),
    )
    .returning("key")
    .executeTakeFirst();
  return row !== undefined;
}
