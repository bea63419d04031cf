import type { Expression, Kysely } from "kysely";
import type { Attempt } from "../../domain/records.ts";
import type { AttemptQuery, Page } from "../catalogue.ts";
import { labelsAsked } from "../labels.ts";
import { toAttempt } from "../rows.ts";
import type { Tables } from "../tables.ts";
import { ATTEMPT_COLUMNS } from "./attempt-columns.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { mergedScans, within, type Key } from "./merged-scans.ts";
import { readPage, type Scan } from "./page.ts";
import { classesOf, STATUS_CLASS, STATUS_CLASSES } from "./status-class.ts";

type AttemptKey = Key & { readonly message_id: string };
type Asked = Omit<AttemptQuery, "withResponse" | "withMessage">;

export async function listEndpointAttempts(
  { kysely: db }: CatalogueDatabase,
  endpointId: string,
  query: AttemptQuery,
): Promise<Page<Attempt>> {
  return readPage(query, async (scan) => {
    const scans = scansOf(db, endpointId, query, scan);
    if (scans.length === 0) return [];
    const rows = await db
      .selectFrom(mergedScans(scans, scan))
      .innerJoin("attempt", (join) =>
        join
          .onRef("attempt.message_id", "=", "page.message_id")
          .onRef("attempt.id", "=", "page.key"),
      )
      .select(ATTEMPT_COLUMNS)
      .$if(query.withResponse, (rows) => rows.select("attempt.response"))
      .orderBy("page.key", scan.direction)
      .execute();
    return rows.map(toAttempt);
  });
}

function scansOf(
  db: Kysely<Tables>,
  endpointId: string,
  query: Asked,
  scan: Scan,
): readonly Expression<AttemptKey>[] {
  const eventTypes = [...new Set(query.eventTypes)];
  const classes = classesOf(query);
  if (classes.length === 0) return [];
  if (labelsAsked(query).length > 0) return [labelled(db, endpointId, query, scan)];
  const attempts = db
    .selectFrom("attempt")
    .select(["message_id", "id as key"])
    .where("endpoint_id", "=", endpointId)
    .where((eb) => eb.and(within(scan, "attempt.id")))
    .orderBy("id", scan.direction)
    .limit(scan.rowsMax);
  if (eventTypes.length === 0) {
    return classes.map((one) => attempts.where(STATUS_CLASS, "=", one));
  }
  const ofClasses = isAll(classes) ? attempts : attempts.where(STATUS_CLASS, "in", classes);
  return eventTypes.map((eventType) => ofClasses.where("event_type", "=", eventType));
}

/** By one label; what else is asked for is looked up in each attempt that has it. */
function labelled(
  db: Kysely<Tables>,
  endpointId: string,
  query: Asked,
  scan: Scan,
): Expression<AttemptKey> {
  const { eventTypes = [] } = query;
  const classes = classesOf(query);
  const [label = "", ...others] = labelsAsked(query);
  return db
    .selectFrom("attempt_label")
    .innerJoin("attempt", (join) =>
      join
        .onRef("attempt.message_id", "=", "attempt_label.message_id")
        .onRef("attempt.id", "=", "attempt_label.attempt_id"),
    )
    .select(["attempt_label.message_id", "attempt_label.attempt_id as key"])
    .where("attempt_label.endpoint_id", "=", endpointId)
    .where("attempt_label.label", "=", label)
    .where((eb) => eb.and(within(scan, "attempt_label.attempt_id")))
    .$if(eventTypes.length > 0, (rows) => rows.where("attempt.event_type", "in", eventTypes))
    .$if(!isAll(classes), (rows) => rows.where(STATUS_CLASS, "in", classes))
    .where((eb) =>
      eb.and(
        others.map((other) =>
          eb.exists(
            eb
              .selectFrom("attempt_label as other")
              .select("other.label")
              .where("other.endpoint_id", "=", endpointId)
              .where("other.label", "=", other)
              .whereRef("other.attempt_id", "=", "attempt_label.attempt_id"),
          ),
        ),
      ),
    )
    .orderBy("attempt_label.attempt_id", scan.direction)
    .limit(scan.rowsMax);
}

function isAll(classes: readonly number[]): boolean {
  return classes.length === STATUS_CLASSES.length;
}
