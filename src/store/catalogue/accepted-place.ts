import { sql } from "kysely";
import { acceptancePlace } from "../line.ts";

/** Of each of these messages: by when it is to be sent, or else was accepted. */
export function acceptedPlace(messageIds: readonly string[]) {
  const places = messageIds.map(
    (id) => sql`when ${id} then cast(${acceptancePlace(id)} as bigint)`,
  );
  return sql<number>`coalesce(
    message.deliver_at_ms * 1000, case message.id ${sql.join(places, sql` `)} end)`;
}
