import { sql } from "kysely";
import type { DeliveryStatus } from "../catalogue.ts";

/** As the index delivery_by_status has it. */
export const DELIVERY_STATUS = sql<number>`case
  when delivery.state = 'succeeded' then 0
  when delivery.state = 'canceled' then 4
  when delivery.state <> 'pending' then 2
  when delivery.attempts_made = 0 then 1
  else 3
end`;

export const STATUS_CODES: Readonly<Record<DeliveryStatus, number>> = {
  succeeded: 0,
  unattempted: 1,
  failed: 2,
  retrying: 3,
  canceled: 4,
};
