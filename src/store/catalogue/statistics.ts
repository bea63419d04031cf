import { setImmediate as nextTurn } from "node:timers/promises";
import { sql, type ExpressionBuilder, type RawBuilder } from "kysely";
import type { Span, Statistics } from "../catalogue-statistics.ts";
import type { AttemptCounts } from "../catalogue.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { countByEndpoint, lastFailure } from "./endpoint-counts.ts";

export function createStatistics(database: CatalogueDatabase): Statistics {
  return {
    byEventType: async (applicationId, span) =>
      count(database, applicationId, span, sql<string>`event_type`),
    byPeriod: async (applicationId, span, periodMs) => {
      // As text: as a parameter it would be a real number to SQLite, which has no rest then.
      const begin = sql<number>`ended_at_ms - ended_at_ms % ${sql.lit(periodMs)}`;
      return count(database, applicationId, span, begin);
    },
    async durations(applicationId, { fromMs, untilMs }, rowsMax) {
      const rows = await database.kysely
        .selectFrom("attempt")
        .select("duration_ms")
        .where("application_id", "=", applicationId)
        .where("ended_at_ms", ">=", fromMs)
        .where("ended_at_ms", "<", untilMs)
        .orderBy("ended_at_ms", "desc")
        .limit(rowsMax)
        .execute();
      await nextTurn();
      return rows.map(({ duration_ms: durationMs }) => durationMs);
    },
    byEndpoint: async (endpointIds, spans) => countByEndpoint(database, endpointIds, spans),
    lastFailure: async (endpointId) => lastFailure(database, endpointId),
  };
}

async function count<Key extends string | number>(
  database: CatalogueDatabase,
  applicationId: string,
  span: Span,
  key: RawBuilder<Key>,
): Promise<ReadonlyMap<Key, AttemptCounts>> {
  const { eventTypes = [] } = span;
  const counts = new Map<Key, AttemptCounts>();
  for await (const slice of slices(database, applicationId, span)) {
    const rows = await database.kysely
      .selectFrom("attempt")
      .select(({ fn }) => [key.as("key"), "succeeded", fn.countAll<number>().as("found")])
      .where((eb) => within(eb, applicationId, slice))
      .$if(eventTypes.length > 0, (rows) => rows.where("event_type", "in", eventTypes))
      .groupBy(["key", "succeeded"])
      .execute();
    for (const { succeeded, found, ...row } of rows) {
      const key = row.key as Key;
      const before = counts.get(key) ?? { succeeded: 0, failed: 0 };
      const outcome = succeeded ? "succeeded" : "failed";
      counts.set(key, { ...before, [outcome]: before[outcome] + found });
    }
  }
  return counts;
}

/** The span in parts that have few enough attempts, with pauses between them for others. */
async function* slices(
  { kysely: db, rowsAtOnce }: CatalogueDatabase,
  applicationId: string,
  { fromMs, untilMs }: Span,
): AsyncGenerator<Span> {
  if (rowsAtOnce.read === Infinity) {
    yield { fromMs, untilMs };
    return;
  }
  let sliceFromMs = fromMs;
  while (sliceFromMs < untilMs) {
    const beyond = await db
      .selectFrom("attempt")
      .select("ended_at_ms")
      .where((eb) => within(eb, applicationId, { fromMs: sliceFromMs, untilMs }))
      .orderBy("ended_at_ms")
      .offset(rowsAtOnce.read)
      .limit(1)
      .executeTakeFirst();
    // Those of one millisecond stay together, even if they are more.
    const sliceUntilMs = Math.max(beyond?.ended_at_ms ?? untilMs, sliceFromMs + 1);
    yield { fromMs: sliceFromMs, untilMs: sliceUntilMs };
    sliceFromMs = sliceUntilMs;
    await nextTurn();
  }
}

function within(
  eb: ExpressionBuilder<Tables, "attempt">,
  applicationId: string,
  { fromMs, untilMs }: Span,
) {
  return eb.and([
    eb("application_id", "=", applicationId),
    eb("ended_at_ms", ">=", fromMs),
    eb("ended_at_ms", "<", untilMs),
  ]);
}
