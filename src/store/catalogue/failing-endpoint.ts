import type { Kysely, Updateable } from "kysely";
import type { EndpointTable } from "../endpoint-table.ts";
import type { Tables } from "../tables.ts";

/** An endpoint as long as it has failed since then, and nobody disabled it. */
export type Failing = { readonly endpointId: string; readonly sinceMs: number };

/** Whether it was still failing: if not, nothing is written. */
export async function changeFailing(
  db: Kysely<Tables>,
  { endpointId, sinceMs }: Failing,
  change: Updateable<EndpointTable>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("endpoint")
    .set(change)
    .where("id", "=", endpointId)
    .where("failing_since_ms", "=", sinceMs)
    .where("disabled", "=", false)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function disableFailing(
  db: Kysely<Tables>,
  { endpointId, sinceMs }: Failing,
  failedAttempts: number,
  nowMs: number,
): Promise<void> {
  await db
    .updateTable("endpoint")
    .set((eb) => ({
      disabled: true,
      disabled_reason: "failing",
      disabled_at_ms: nowMs,
      failed_attempts: failedAttempts,
      watch_at_ms: nowMs,
      watched: false,
      window_passed: false,
      // A change of its owner's that meets this one begins again.
      updated_at_ms: eb
        .case()
        .when("updated_at_ms", ">=", nowMs)
        .then(eb("updated_at_ms", "+", 1))
        .else(nowMs)
        .end(),
    }))
    .where("id", "=", endpointId)
    .where("failing_since_ms", "=", sinceMs)
    .where("disabled", "=", false)
    .where("deleted_at_ms", "is", null)
    .execute();
}

/** There is nothing more to be told about one that is disabled, or deleted. */
export async function forgetWatch(db: Kysely<Tables>, endpointId: string): Promise<void> {
  await db
    .updateTable("endpoint")
    .set({ watch_at_ms: null, watched: false })
    .where("id", "=", endpointId)
    .where((eb) => eb.or([eb("disabled", "=", true), eb("deleted_at_ms", "is not", null)]))
    .execute();
}
