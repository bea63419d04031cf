import { setImmediate as nextTurn } from "node:timers/promises";
import { lowestIdAt } from "../../domain/ids.ts";
import type { Attempt } from "../../domain/records.ts";
import type { AttemptCounts, TimeSpan } from "../catalogue-statistics.ts";
import { toAttempt } from "../rows.ts";
import { ATTEMPT_COLUMNS } from "./attempt-columns.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { mergedScans } from "./merged-scans.ts";
import { STATUS_CLASS, STATUS_CLASSES, SUCCEEDED_CLASS } from "./status-class.ts";

/** SQLite counts the attempts of so long in one go, in which this process does nothing else. */
const SLICE_MS = 3_600_000;
const FAILED_CLASSES = STATUS_CLASSES.filter((one) => one !== SUCCEEDED_CLASS);

/** From the index of attempts by status alone; a statement counts one span for all endpoints. */
export async function countByEndpoint(
  { kysely: db, rowsAtOnce }: CatalogueDatabase,
  endpointIds: readonly string[],
  spans: readonly TimeSpan[],
): Promise<ReadonlyMap<string, readonly AttemptCounts[]>> {
  const counts = new Map(
    endpointIds.map((id) => [id, spans.map(() => ({ succeeded: 0, failed: 0 }))]),
  );
  if (endpointIds.length === 0) return counts;
  const sliceMs = rowsAtOnce.read === Infinity ? Infinity : SLICE_MS;
  for (const [at, span] of spans.entries()) {
    for (const { fromMs, untilMs } of slices(span, sliceMs)) {
      const rows = await db
        .selectFrom("attempt")
        .select(({ fn }) => [
          "endpoint_id",
          STATUS_CLASS.as("class"),
          fn.countAll<number>().as("n"),
        ])
        .where("endpoint_id", "in", endpointIds)
        .where(STATUS_CLASS, "in", STATUS_CLASSES)
        .where("id", ">=", lowestIdAt("atmpt", fromMs))
        .where("id", "<", lowestIdAt("atmpt", untilMs))
        .groupBy(["endpoint_id", STATUS_CLASS])
        .execute();
      for (const { endpoint_id: endpointId, class: statusClass, n } of rows) {
        const count = counts.get(endpointId)?.[at];
        if (count === undefined) continue;
        if (statusClass === SUCCEEDED_CLASS) count.succeeded += n;
        else count.failed += n;
      }
      await nextTurn();
    }
  }
  return counts;
}

function* slices({ fromMs, untilMs }: TimeSpan, sliceMs: number): Generator<TimeSpan> {
  for (let begin = fromMs; begin < untilMs; begin += sliceMs) {
    yield { fromMs: begin, untilMs: Math.min(untilMs, begin + sliceMs) };
  }
}

/** The newest attempt at an endpoint that failed. */
export async function lastFailure(
  { kysely: db }: CatalogueDatabase,
  endpointId: string,
): Promise<Attempt | undefined> {
  const scan = { bounds: [], direction: "desc", rowsMax: 1 } as const;
  const scans = FAILED_CLASSES.map((statusClass) =>
    db
      .selectFrom("attempt")
      .select(["id as key", "message_id"])
      .where("endpoint_id", "=", endpointId)
      .where(STATUS_CLASS, "=", statusClass)
      .orderBy("id", "desc")
      .limit(1),
  );
  const row = await db
    .selectFrom(mergedScans(scans, scan))
    .innerJoin("attempt", (join) =>
      join.onRef("attempt.message_id", "=", "page.message_id").onRef("attempt.id", "=", "page.key"),
    )
    .select(ATTEMPT_COLUMNS)
    .select("attempt.response")
    .executeTakeFirst();
  return row && toAttempt(row);
}
