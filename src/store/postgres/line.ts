import type { Pool } from "pg";
import { LEAD_MS } from "../../domain/throttle.ts";
import type { Line } from "../line.ts";
import type { PendingDelivery } from "../store.ts";

/**
 * The place of what joins now. By the database's clock, which all processes share: of two messages,
 * the second of which was sent when the first had been accepted, the second is behind.
 */
export const NOW_PLACE = "(extract(epoch from clock_timestamp()) * 1000000)::bigint";

const LINE = `
  select endpoint.ordered, endpoint.line_at_ms is not null as is_forming, delivery.*
  from endpoint
  left join lateral (
    select message_id as "messageId", endpoint_id as "endpointId",
      application_id as "applicationId", attempts_made + 1 as "attemptNumber",
      coalesce(slot_at_ms - ${LEAD_MS}, next_attempt_at_ms) as "nextAttemptAtMs",
      place, place <= greatest(${NOW_PLACE}, $2::bigint * 1000) as is_due
    from delivery
    where endpoint_id = $1 and state = 'pending' and place is not null
    order by place, message_id
    limit $3
  ) delivery on endpoint.ordered and endpoint.line_at_ms is null
  where endpoint.id = $1
  order by delivery.place, delivery."messageId"`;

type Row = {
  readonly ordered: boolean;
  readonly is_forming: boolean;
} & (
  | (PendingDelivery & { readonly place: number; readonly is_due: boolean })
  | { readonly messageId: null }
);

export async function readLine(
  pool: Pool,
  endpointId: string,
  dueAtMs: number,
  rowsMax: number,
): Promise<Line> {
  const values = [endpointId, dueAtMs, rowsMax];
  const { rows } = await pool.query<Row>({ name: "posthorn_line", text: LINE, values });
  const [first] = rows;
  if (!first?.ordered) return { kind: "none" };
  if (first.is_forming) return { kind: "forming" };
  const inLine = rows.flatMap((row) => (row.messageId === null ? [] : [row]));
  const later = inLine.find(({ is_due }) => !is_due);
  return {
    kind: "formed",
    waiting: inLine.filter(({ is_due }) => is_due).map(toPending),
    nextAtMs: later === undefined ? null : Math.ceil(later.place / 1_000),
  };
}

function toPending(row: PendingDelivery): PendingDelivery {
  const { messageId, endpointId, applicationId, attemptNumber, nextAttemptAtMs } = row;
  return { messageId, endpointId, applicationId, attemptNumber, nextAttemptAtMs };
}
