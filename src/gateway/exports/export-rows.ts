import { setImmediate as untilOthersHadTheirTurn } from "node:timers/promises";
import type { Endpoint } from "../../domain/records.ts";
import type { ExportedDelivery } from "../../store/catalogue-exports.ts";
import type { MessageScan, Scanned } from "../../store/catalogue-tasks.ts";
import type { Catalogue, DeliveryStatus } from "../../store/catalogue.ts";
import type { EXPORT_STATUSES, ExportRow } from "./export-schemas.ts";

export type ExportAsked = {
  readonly applicationId: string;
  /** null: of all. */
  readonly endpoint: Endpoint | null;
  readonly statuses: readonly (typeof EXPORT_STATUSES)[number][];
  readonly eventTypes: readonly string[];
  /** Of messages. */
  readonly idFrom: string;
  readonly idBelow: string;
};

type Deps = Pick<Catalogue, "deliveries" | "endpoints" | "replays">;
type Find = (scan: MessageScan) => Promise<Scanned>;

const PAGE_ROWS = 250;

const STATUSES: Readonly<Record<string, readonly DeliveryStatus[]>> = {
  failed: ["failed"],
  pending: ["unattempted", "retrying"],
  canceled: ["canceled"],
  succeeded: ["succeeded"],
};

/** Page by page, by endpoint and then by message, oldest first; a page is read when it is wanted. */
export async function* exportRows(
  deps: Deps,
  asked: ExportAsked,
): AsyncGenerator<readonly ExportRow[]> {
  for await (const endpoint of endpointsOf(deps, asked)) {
    for (const find of findsOf(deps, endpoint, asked)) {
      const { idFrom, idBelow } = asked;
      for (let after: string | null = ""; after !== null;) {
        const page: Scanned = await find({ idFrom, idBelow, after, idsMax: PAGE_ROWS });
        const rows = await deps.deliveries.exported(endpoint.id, page.ids);
        yield rows.map((row) => exportRow(endpoint, row));
        after = page.scannedTo;
        // SQLite answers at once, so that nobody else would have one.
        await untilOthersHadTheirTurn();
      }
    }
  }
}

async function* endpointsOf(
  { endpoints }: Deps,
  { endpoint, applicationId }: ExportAsked,
): AsyncGenerator<Endpoint> {
  if (endpoint !== null) return yield endpoint;
  let after: string | undefined;
  for (;;) {
    const from = after === undefined ? {} : { after };
    const page = await endpoints.list(applicationId, {
      limit: PAGE_ROWS,
      order: "ascending",
      ...from,
    });
    yield* page.rows;
    after = page.rows.at(-1)?.id;
    if (!page.hasMore) return;
  }
}

function findsOf(
  { replays }: Deps,
  endpoint: Endpoint,
  { statuses, eventTypes }: ExportAsked,
): readonly Find[] {
  const delivered = statuses.flatMap((status) => STATUSES[status] ?? []);
  const named = eventTypes.length === 0 ? {} : { eventTypes };
  const filter = { statuses: delivered, ...named };
  const wanted = endpoint.eventTypes?.filter((name) => named.eventTypes?.includes(name) ?? true);
  const missed = { ...endpoint, eventTypes: wanted ?? named.eventTypes ?? null };
  const wantsAny = missed.eventTypes === null || missed.eventTypes.length > 0;
  return [
    ...(delivered.length === 0
      ? []
      : [(scan: MessageScan) => replays.delivered(endpoint.id, filter, scan)]),
    ...(statuses.includes("missed") && wantsAny
      ? [(scan: MessageScan) => replays.missing(missed, scan)]
      : []),
  ];
}

function exportRow({ id, url }: Endpoint, row: ExportedDelivery): ExportRow {
  const { messageId, eventId, eventType, delivery, attempt } = row;
  return {
    messageId,
    eventId,
    eventType,
    endpointId: id,
    url: attempt?.url ?? url,
    state: delivery?.state ?? "missed",
    attempts: delivery?.attemptsMade ?? 0,
    ...lastAttempt(attempt),
    nextAttemptAt: timeOf(delivery?.nextAttemptAtMs),
  };
}

function lastAttempt(attempt: ExportedDelivery["attempt"]) {
  if (attempt === null)
    return { lastAttemptAt: null, statusCode: null, reason: null, detail: null };
  const { endedAtMs, statusCode, reason, detail } = attempt;
  return {
    lastAttemptAt: timeOf(endedAtMs),
    statusCode: statusCode === 0 ? null : statusCode,
    reason,
    detail,
  };
}

function timeOf(timeMs: number | null | undefined): string | null {
  return timeMs === null || timeMs === undefined ? null : new Date(timeMs).toISOString();
}
