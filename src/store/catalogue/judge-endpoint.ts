import type { DisabledReason, Verdict, Waited } from "../../domain/endpoint-health.ts";
import { lowestIdAt } from "../../domain/ids.ts";
import type { Limits } from "../catalogue-watches.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { endDeliveries } from "./end-deliveries.ts";
import { changeFailing, disableFailing, forgetWatch, type Failing } from "./failing-endpoint.ts";
import { countFailed, firstFailureMs, lastSuccessMs } from "./scheduled-failures.ts";

/** One failed attempt may be that of a single odd message. */
const FAILED_MIN = 2;
/** Messages' ids are made by the clocks of other processes, and are exact to 4 ms. */
const CLOCKS_MS = 1_000;

/** Reads, judges, and begins again where the endpoint has changed in between. */
export async function judgeEndpoint(
  database: CatalogueDatabase,
  endpointId: string,
  waited: Waited | null,
  limits: Limits,
): Promise<Verdict> {
  for (;;) {
    const verdict = await judgeOnce(database, endpointId, waited, limits);
    if (verdict !== "changed") return verdict;
  }
}

async function judgeOnce(
  database: CatalogueDatabase,
  endpointId: string,
  waited: Waited | null,
  limits: Limits,
): Promise<Verdict | "changed"> {
  const row = await database.kysely
    .selectFrom("endpoint")
    .select(["failing_since_ms", "window_passed", "disabled", "disabled_reason", "disabled_at_ms"])
    .where("id", "=", endpointId)
    .where("deleted_at_ms", "is", null)
    .executeTakeFirst();
  if (row === undefined) return deleted(database, endpointId);
  if (row.disabled) return endPending(database, endpointId, row, limits.nowMs);
  if (row.failing_since_ms === null) return { kind: "healthy" };

  const failing = { endpointId, sinceMs: row.failing_since_ms };
  const isOver = Boolean(row.window_passed) || hasPassed(failing.sinceMs, waited, limits);
  return judgeFailing(database, failing, isOver, limits);
}

/** Whether it was waited for since this very failure, and for as long as is allowed now. */
function hasPassed(sinceMs: number, waited: Waited | null, { limitMs }: Limits): boolean {
  return waited?.failingSinceMs === sinceMs && limitMs !== null && waited.limitMs >= limitMs;
}

async function judgeFailing(
  { kysely: db }: CatalogueDatabase,
  failing: Failing,
  isOver: boolean,
  { nowMs, limitMs }: Limits,
): Promise<Verdict | "changed"> {
  const { endpointId, sinceMs } = failing;
  // Statements that meet may note a success before a failure that came first: attempts know better.
  const succeededMs = await lastSuccessMs(db, endpointId, sinceMs);
  if (succeededMs !== undefined) {
    const failedMs = await firstFailureMs(db, endpointId, succeededMs);
    const corrected = { failing_since_ms: failedMs ?? null, window_passed: false };
    const unwatched = { watched: false, watch_at_ms: null };
    await changeFailing(
      db,
      failing,
      failedMs === undefined ? { ...corrected, ...unwatched } : corrected,
    );
    return "changed";
  }
  if (limitMs === null) {
    // Offered again, and taken when there is a limit once more.
    await changeFailing(db, failing, { watched: false, watch_at_ms: nowMs });
    return { kind: "may_fail" };
  }
  if (!isOver) return { kind: "failing", failingSinceMs: sinceMs, limitMs };

  // In this order: an attempt that fails from now on says so itself, one that failed is counted.
  const passed = { window_passed: true, watched: false, watch_at_ms: null };
  if (!(await changeFailing(db, failing, passed))) return "changed";
  const failedAttempts = await countFailed(db, endpointId, sinceMs);
  if (failedAttempts < FAILED_MIN) return { kind: "one_more_failure" };
  await disableFailing(db, failing, failedAttempts, nowMs);
  return "changed";
}

async function deleted({ kysely: db }: CatalogueDatabase, endpointId: string): Promise<Verdict> {
  await forgetWatch(db, endpointId);
  return { kind: "deleted" };
}

type Disabled = {
  readonly disabled_reason: string | null;
  readonly disabled_at_ms: number | null;
};

/** What was accepted once it is enabled again is not among it. */
async function endPending(
  database: CatalogueDatabase,
  endpointId: string,
  { disabled_reason, disabled_at_ms }: Disabled,
  nowMs: number,
): Promise<Verdict> {
  const ended = await endDeliveries(database, {
    endpointId,
    end: "endpoint_disabled",
    messageIdBelow: lowestIdAt("msg", (disabled_at_ms ?? nowMs) + CLOCKS_MS),
    unclaimedAtMs: nowMs,
    whileDisabled: true,
  });
  await forgetWatch(database.kysely, endpointId);
  return { kind: "disabled", reason: disabled_reason as DisabledReason | null, ended };
}
