import { sql, type AliasedRawBuilder } from "kysely";

/** A message's payload, null from the moment that it expires: before it is deleted, too. */
export function unexpired(column: "payload"): AliasedRawBuilder<Uint8Array | null, "payload"> {
  const payload = sql.ref<Uint8Array | null>(column);
  const expiresAtMs = sql.ref<number | null>(`${column}_expires_at_ms`);
  const nowMs = Date.now();
  return sql<Uint8Array | null>`case when ${expiresAtMs} <= ${nowMs} then null else ${payload} end`.as(
    "payload",
  );
}
