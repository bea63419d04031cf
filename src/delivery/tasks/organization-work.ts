import type { MessageRange, OrganizationWork } from "../../domain/background-task.ts";
import type { Application } from "../../domain/records.ts";
import type { Catalogue, Endpoints } from "../../store/catalogue.ts";
import type { Scanned } from "../../store/catalogue-tasks.ts";
import type { Statistics } from "../../store/catalogue-statistics.ts";
import type { PageWork } from "./page-work.ts";

export type OrganizationDeps = {
  readonly store: Pick<Catalogue, "applications" | "endpoints" | "statistics">;
};

const PAGE_IDS = 100;
/** All results stand in one row, which is written with each page. */
const APPLICATIONS_MAX = 10_000;
const RESULTS_BYTES_MAX = 4 * 1024 * 1024;
const ENDPOINTS_MAX = 250;

/** Reckons something for each application of the organization, as far as there is room for it. */
export function organizationWork({ store }: OrganizationDeps, work: OrganizationWork): PageWork {
  return {
    async next({ organizationId }, cursor) {
      const named = work.type === "application.stats" ? work.applicationIds : null;
      if (named !== null) return nextOf(named, cursor);
      const page = { limit: PAGE_IDS, order: "ascending", after: cursor } as const;
      const { rows, hasMore } = await store.applications.list(organizationId, page);
      const ids = rows.map(({ id }) => id);
      return { ids, scannedTo: hasMore ? (ids.at(-1) ?? null) : null };
    },

    async work({ organizationId, progress: { page, results: before } }) {
      const results: unknown[] = [];
      const room = createRoom(before);
      for (const id of page) {
        const application = await store.applications.find(organizationId, id);
        // It was deleted meanwhile.
        if (application === undefined) continue;
        const result =
          work.type === "application.stats"
            ? await statsOf(store.statistics, application, work.range)
            : await eventTypesOf(store.endpoints, application);
        if (!room.takes(result)) return { left: [], counts: {}, results, error: room.error };
        results.push(result);
      }
      return { left: [], counts: {}, results };
    },
  };
}

function createRoom(before: readonly unknown[]) {
  let applications = before.length;
  let bytes = Buffer.byteLength(JSON.stringify(before));
  const mebibytes = RESULTS_BYTES_MAX / 1024 / 1024;
  return {
    takes(result: unknown): boolean {
      applications += 1;
      // And a comma.
      bytes += Buffer.byteLength(JSON.stringify(result)) + 1;
      return applications <= APPLICATIONS_MAX && bytes <= RESULTS_BYTES_MAX;
    },
    error:
      `There are more applications: a task tells of ${APPLICATIONS_MAX} at most, ` +
      `in at most ${mebibytes} MiB. What it has is right`,
  };
}

function nextOf(ids: readonly string[], cursor: string): Scanned {
  const beyond = ids.filter((id) => id > cursor).toSorted((a, b) => (a < b ? -1 : 1));
  const page = beyond.slice(0, PAGE_IDS);
  return { ids: page, scannedTo: beyond.length > PAGE_IDS ? (page.at(-1) ?? null) : null };
}

async function statsOf(
  statistics: Statistics,
  { id, uid }: Application,
  { sinceMs, untilMs }: MessageRange,
) {
  const counts = await statistics.byEventType(id, { fromMs: sinceMs, untilMs });
  const attempts = [...counts.values()].map(({ succeeded, failed }) => succeeded + failed);
  const messageDestinations = attempts.reduce((sum, count) => sum + count, 0);
  return { appId: id, appUid: uid, messageDestinations };
}

async function eventTypesOf(endpoints: Endpoints, { id, uid }: Application) {
  const named = new Set<string>();
  let hasCatchAllEndpoint = false;
  for (let after = ""; ;) {
    const page = { limit: ENDPOINTS_MAX, order: "ascending", after } as const;
    const { rows, hasMore } = await endpoints.list(id, page);
    for (const { eventTypes } of rows) {
      hasCatchAllEndpoint ||= eventTypes === null;
      for (const name of eventTypes ?? []) named.add(name);
    }
    after = rows.at(-1)?.id ?? "";
    if (!hasMore) break;
  }
  const explicitlySubscribedEventTypes = [...named].sort();
  return { appId: id, appUid: uid, explicitlySubscribedEventTypes, hasCatchAllEndpoint };
}
