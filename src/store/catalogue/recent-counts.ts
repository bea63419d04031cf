import { setImmediate as nextTurn } from "node:timers/promises";
import type { Kysely } from "kysely";
import { lowestIdAt } from "../../domain/ids.ts";
import type { RecentCounts } from "../catalogue-overview.ts";
import type { TimeSpan } from "../catalogue-statistics.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";

/** Of each statement: SQLite counts so many in a few milliseconds. */
const ROWS_MAX = 10_000;
const APPLICATIONS_MAX = 250;
const PAGES_MAX = 4;

/** By the applications' own indexes, some hundred applications at a time. */
export async function countRecent(
  { kysely: db }: CatalogueDatabase,
  organizationId: string,
  spans: readonly TimeSpan[],
): Promise<RecentCounts> {
  const counts = spans.map(() => ({ messages: 0, succeeded: 0, failed: 0 }));
  let isExact = true;
  let below: string | undefined;
  for (let pages = 0; ; pages++) {
    const ids = await applicationIds(db, organizationId, below);
    if (ids.length === 0) return { spans: counts, isExact };
    if (pages === PAGES_MAX) return { spans: counts, isExact: false };
    for (const [at, span] of spans.entries()) {
      const count = counts[at];
      if (count === undefined) continue;
      const messages = await countMessages(db, ids, span);
      const { succeeded, failed } = await countAttempts(db, ids, span);
      count.messages += messages;
      count.succeeded += succeeded;
      count.failed += failed;
      isExact &&= messages < ROWS_MAX && succeeded + failed < ROWS_MAX;
      await nextTurn();
    }
    below = ids.at(-1);
    if (ids.length < APPLICATIONS_MAX) return { spans: counts, isExact };
  }
}

async function applicationIds(
  db: Kysely<Tables>,
  organizationId: string,
  below: string | undefined,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("application")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where("deleted_at_ms", "is", null)
    .where("kind", "=", "customer")
    .$if(below !== undefined, (some) => some.where("id", "<", below ?? ""))
    .orderBy("id", "desc")
    .limit(APPLICATIONS_MAX)
    .execute();
  return rows.map(({ id }) => id);
}

async function countMessages(
  db: Kysely<Tables>,
  applicationIds: readonly string[],
  { fromMs, untilMs }: TimeSpan,
): Promise<number> {
  const messages = db
    .selectFrom("message")
    .select("id")
    .where("application_id", "in", applicationIds)
    .where("id", ">=", lowestIdAt("msg", fromMs))
    .where("id", "<", lowestIdAt("msg", untilMs))
    .limit(ROWS_MAX);
  const { found } = await db
    .selectFrom(messages.as("some"))
    .select(({ fn }) => fn.countAll<number>().as("found"))
    .executeTakeFirstOrThrow();
  return found;
}

async function countAttempts(
  db: Kysely<Tables>,
  applicationIds: readonly string[],
  { fromMs, untilMs }: TimeSpan,
): Promise<{ readonly succeeded: number; readonly failed: number }> {
  const attempts = db
    .selectFrom("attempt")
    .select("succeeded")
    .where("application_id", "in", applicationIds)
    .where("ended_at_ms", ">=", fromMs)
    .where("ended_at_ms", "<", untilMs)
    .limit(ROWS_MAX);
  const rows = await db
    .selectFrom(attempts.as("some"))
    .select(({ fn }) => ["succeeded", fn.countAll<number>().as("found")])
    .groupBy("succeeded")
    .execute();
  const of = (wanted: boolean): number =>
    rows.find(({ succeeded }) => Boolean(succeeded) === wanted)?.found ?? 0;
  return { succeeded: of(true), failed: of(false) };
}
