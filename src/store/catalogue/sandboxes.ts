import { sql, type Kysely } from "kysely";
import type { Application } from "../../domain/records.ts";
import { newId } from "../new-id.ts";
import { fromApplication, toApplication } from "../rows.ts";
import type { Tables } from "../tables.ts";

const REMEMBERED_MAX = 10_000;

/**
 * The sandbox of an application, made when it is first asked for. An application has the same one
 * for ever, and whoever asks has just found it, so it need not be looked up again.
 */
export function createSandboxOf(
  db: Kysely<Tables>,
): (customer: Application) => Promise<Application> {
  const remembered = new Map<string, Application>();
  return async (customer) => {
    const known = remembered.get(customer.id);
    if (known !== undefined) return known;
    const sandbox = (await find(db, customer.id)) ?? (await make(db, customer));
    if (remembered.size >= REMEMBERED_MAX) remembered.clear();
    remembered.set(customer.id, sandbox);
    return sandbox;
  };
}

async function make(db: Kysely<Tables>, { id, organizationId, name }: Application) {
  const nowMs = Date.now();
  const sandbox = {
    id: newId("app", nowMs),
    organizationId,
    uid: null,
    name,
    throttleRate: null,
    metadata: {},
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
  await db
    .insertInto("application")
    .values({ ...fromApplication(sandbox), kind: "sandbox", sandbox_of: id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await find(db, id);
  if (made === undefined) throw new Error(`The sandbox of ${id} is not there`);
  return made;
}

async function find(db: Kysely<Tables>, customerId: string): Promise<Application | undefined> {
  const row = await db
    .selectFrom("application")
    .selectAll()
    .where("sandbox_of", "=", customerId)
    .where("kind", "=", sql.lit("sandbox"))
    .where("deleted_at_ms", "is", null)
    .executeTakeFirst();
  return row && toApplication(row);
}
