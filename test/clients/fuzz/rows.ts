import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";

const BUSY_MS_MAX = 10_000;

/** Read past Posthorn, from the database itself. */
export type Rows = AsyncDisposable & {
  count(from: string): Promise<number>;
};

export function rowsOfSqlite(dataDir: string): Rows {
  const database = new DatabaseSync(join(dataDir, "posthorn.db"), {
    readOnly: true,
    timeout: BUSY_MS_MAX,
  });
  return {
    count: (from) =>
      Promise.resolve(Number(database.prepare(`select count(*) as n ${from}`).get()?.["n"])),
    [Symbol.asyncDispose]: () => Promise.resolve(database.close()),
  };
}

export async function rowsOfPostgres(connectionString: string): Promise<Rows> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return {
    count: async (from) => {
      const { rows } = await client.query<{ n: string }>(`select count(*) as n ${from}`);
      return Number(rows[0]?.n);
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}

/** Of each none may be there, whatever was asked of the API. */
const HALF_STORED: Readonly<Record<string, string>> = {
  "endpoints without application": without("endpoint", "application", "p.id = c.application_id"),
  "messages without application": without("message", "application", "p.id = c.application_id"),
  "deliveries without message": without(
    "delivery",
    "message",
    "p.id = c.message_id and p.application_id = c.application_id",
  ),
  "deliveries without endpoint": without(
    "delivery",
    "endpoint",
    "p.id = c.endpoint_id and p.application_id = c.application_id",
  ),
  "attempts without delivery": without(
    "attempt",
    "delivery",
    "p.message_id = c.message_id and p.endpoint_id = c.endpoint_id",
  ),
  "labels without message": without("message_label", "message", "p.id = c.message_id"),
  "labels without delivery": without(
    "delivery_label",
    "delivery",
    "p.message_id = c.message_id and p.endpoint_id = c.endpoint_id",
  ),
  "labels without attempt": without(
    "attempt_label",
    "attempt",
    "p.message_id = c.message_id and p.id = c.attempt_id",
  ),
  "deliveries that have ended and are still due":
    "from delivery where state <> 'pending' and (sweep_at_ms is not null or next_attempt_at_ms is not null)",
  "pending deliveries that nobody will ever look at":
    "from delivery where state = 'pending' and sweep_at_ms is null",
  "calls that never ended": "from idempotent_call where status is null and message_id is null",
  "background tasks without application": `${without("background_task", "application", "p.id = c.application_id")} and c.application_id is not null`,
};

function without(child: string, parent: string, same: string): string {
  return `from ${child} c where not exists (select 1 from ${parent} p where ${same})`;
}

/** What is kept and does not belong to anything, by what it is. Empty if all is well. */
export async function halfStored(rows: Rows): Promise<Readonly<Record<string, number>>> {
  const found: Record<string, number> = {};
  for (const [what, from] of Object.entries(HALF_STORED)) {
    const count = await rows.count(from);
    if (count > 0) found[what] = count;
  }
  return found;
}
