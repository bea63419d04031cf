import { setImmediate as nextTurn } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { AttemptCounts, TimeRange } from "../catalogue.ts";
import type { Tables } from "../tables.ts";
import { STATUS_CLASS, STATUS_CLASSES, SUCCEEDED_CLASS } from "./status-class.ts";

/** SQLite counts so many in a few milliseconds, in which this process does nothing else. */
const ROWS_MAX = 2_000;

/** Counts by the index of an endpoint's attempts, with pauses for others to be served. */
export async function countAttempts(
  db: Kysely<Tables>,
  endpointId: string,
  range: TimeRange,
): Promise<AttemptCounts> {
  let [succeeded, failed] = [0, 0];
  for (const statusClass of STATUS_CLASSES) {
    const counted = await count(db, endpointId, range, statusClass);
    if (statusClass === SUCCEEDED_CLASS) succeeded = counted;
    else failed += counted;
  }
  return { succeeded, failed };
}

async function count(
  db: Kysely<Tables>,
  endpointId: string,
  range: TimeRange,
  statusClass: number,
): Promise<number> {
  let counted = 0;
  let after: string | undefined;
  for (;;) {
    const some = await countSome(db, endpointId, { ...range, after }, statusClass);
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
  statusClass: number,
): Promise<{ readonly found: number; readonly last: string }> {
  const ids = db
    .selectFrom("attempt")
    .select("id")
    .where("endpoint_id", "=", endpointId)
    .where(STATUS_CLASS, "=", statusClass)
    .where("id", after === undefined ? ">=" : ">", after ?? idFrom)
    .where((eb) => eb.and(idBelow === undefined ? [] : [eb("id", "<", idBelow)]))
    .orderBy("id")
    .limit(ROWS_MAX);
  return db
    .selectFrom(ids.as("ids"))
    .select(({ fn }) => [fn.countAll<number>().as("found"), fn.max("id").as("last")])
    .executeTakeFirstOrThrow();
}
