import type { Expression, Kysely } from "kysely";
import type { Attempt } from "../../domain/records.ts";
import type { AttemptQuery, Page } from "../catalogue.ts";
import { labelsAsked } from "../labels.ts";
import { toAttempt } from "../rows.ts";
import type { Tables } from "../tables.ts";
import { ATTEMPT_COLUMNS } from "./attempt-columns.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { mergedScans, oneByOne, within, type Key } from "./merged-scans.ts";
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

/** By one label; what else is asked for is looked up for each attempt that has it. */
function labelled(
  db: Kysely<Tables>,
  endpointId: string,
  query: Asked,
  scan: Scan,
): Expression<AttemptKey> {
  const [label = "", ...others] = labelsAsked(query);
  const ofLabels = db
    .selectFrom("attempt_label")
    .select(["attempt_label.message_id", "attempt_label.attempt_id as key"])
    .where("attempt_label.endpoint_id", "=", endpointId)
    .where("attempt_label.label", "=", label)
    .where((eb) => eb.and(within(scan, "attempt_label.attempt_id")))
    .where((eb) =>
      eb.and(
        others.map((other) => {
          const labels = eb.selectFrom("attempt_label as other").select("other.label");
          const same = labels.whereRef("other.attempt_id", "=", "attempt_label.attempt_id");
          const ours = same.where("other.endpoint_id", "=", endpointId);
          return eb.exists(ours.where("other.label", "=", other));
        }),
      ),
    )
    .orderBy("attempt_label.attempt_id", scan.direction)
    .limit(scan.rowsMax);
  const { eventTypes = [] } = query;
  const classes = classesOf(query);
  if (eventTypes.length === 0 && isAll(classes)) return ofLabels;
  return ofLabels.where((eb) => {
    const attempts = eb.selectFrom("attempt").select("attempt.id");
    const same = attempts.whereRef("attempt.message_id", "=", "attempt_label.message_id");
    const asked = same
      .whereRef("attempt.id", "=", "attempt_label.attempt_id")
      .where(STATUS_CLASS, "in", classes)
      .$if(eventTypes.length > 0, (rows) => rows.where("attempt.event_type", "in", eventTypes));
    return eb.exists(oneByOne(asked));
  });
}

function isAll(classes: readonly number[]): boolean {
  return classes.length === STATUS_CLASSES.length;
}
