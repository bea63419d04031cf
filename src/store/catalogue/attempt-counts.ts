import { setImmediate as nextTurn } from "node:timers/promises";
import { sql, type Kysely, type RawBuilder, type SqlBool } from "kysely";
import type { AttemptCounts, TimeRange } from "../catalogue.ts";
import type { Tables } from "../tables.ts";

/** SQLite counts so many in a few milliseconds, in which this process does nothing else. */
const ROWS_MAX = 2_000;

/** Counts by the two indexes of an endpoint's attempts, with pauses for others to be served. */
export async function countAttempts(
  db: Kysely<Tables>,
  endpointId: string,
  range: TimeRange,
): Promise<AttemptCounts> {
  // The failed first: of those that come meanwhile none is counted among them and not among all.
  const failed = await count(db, endpointId, range, sql<SqlBool>`not succeeded`);
  const all = await count(db, endpointId, range, null);
  return { succeeded: all - failed, failed };
}

type Filter = RawBuilder<SqlBool> | null;

async function count(
  db: Kysely<Tables>,
  endpointId: string,
  range: TimeRange,
  filter: Filter,
): Promise<number> {
  let counted = 0;
  let after: string | undefined;
  for (;;) {
    const some = await countSome(db, endpointId, { ...range, after }, filter);
    counted += some.found;
    if (some.found < ROWS_MAX) return counted;
    after = some.last;
    await nextTurn();
  }
}

type Part = TimeRange & { readonly after: string | undefined };

/** At most ROWS_MAX, and where the others begin. */
async function countSome(
  db: Kysely<Tables>,
  endpointId: string,
  { idFrom = "", idBelow, after }: Part,
  filter: Filter,
): Promise<{ readonly found: number; readonly last: string }> {
  const ids = db
    .selectFrom("attempt")
    .select("id")
    .where("endpoint_id", "=", endpointId)
    .where("id", after === undefined ? ">=" : ">", after ?? idFrom)
    .where((eb) => eb.and(idBelow === undefined ? [] : [eb("id", "<", idBelow)]))
    .where((eb) => eb.and(filter === null ? [] : [filter]))
    .orderBy("id")
    .limit(ROWS_MAX);
  return db
    .selectFrom(ids.as("ids"))
    .select(({ fn }) => [fn.countAll<number>().as("found"), fn.max("id").as("last")])
    .executeTakeFirstOrThrow();
}
