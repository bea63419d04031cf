import { sql, type CompiledQuery, type Kysely } from "kysely";
import type { EnvironmentImport, Environments, Settings } from "../catalogue-environments.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { archival, replacement } from "./event-types.ts";

/** Far more than imports that meet: each try that fails, another import has won. */
const TRIES_MAX = 200;

export function createEnvironments({
  kysely: db,
  inOneTransaction,
}: CatalogueDatabase): Environments {
  return {
    async settings(organizationId) {
      return parse(await readSettings(db, organizationId));
    },

    async import(organizationId, imported, nowMs) {
      const { settings } = imported;
      const writes = eventTypeWrites(db, organizationId, imported, nowMs);
      if (settings === null) return inOneTransaction(writes);
      for (let tries = 0; tries < TRIES_MAX; tries++) {
        const before = await readSettings(db, organizationId);
        const after = JSON.stringify(settings(parse(before)));
        const keeping = keep(db, organizationId, before, after);
        try {
          // First, so that others wait here, and nothing else was written if they have won.
          return await inOneTransaction([keeping, ...writes]);
        } catch (error) {
          if (!isChanged(error)) throw error;
        }
      }
      throw new Error(`Settings were changed by others ${TRIES_MAX} times in a row`);
    },
  };
}

function eventTypeWrites(
  db: Kysely<Tables>,
  organizationId: string,
  { eventTypes, archived }: EnvironmentImport,
  nowMs: number,
): readonly CompiledQuery[] {
  const writes = [
    ...eventTypes.map((one) => [one.name, replacement(db, one)] as const),
    ...archived.map((name) => [name, archival(db, organizationId, name, nowMs)] as const),
  ];
  // In one order, so that of imports that meet none waits for one that waits for it.
  const inOrder = writes.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return inOrder.map(([, write]) => write.compile());
}

async function readSettings(db: Kysely<Tables>, organizationId: string): Promise<string | null> {
  const row = await db
    .selectFrom("environment_settings")
    .select("settings")
    .where("organization_id", "=", organizationId)
    .executeTakeFirst();
  return row?.settings ?? null;
}

function parse(text: string | null): Settings | null {
  return text === null ? null : (JSON.parse(text) as Settings);
}

/** Violates a constraint, and thus ends its transaction, if the settings are not as they were. */
function keep(
  db: Kysely<Tables>,
  organizationId: string,
  before: string | null,
  after: string,
): CompiledQuery {
  if (before === null) {
    const row = { organization_id: organizationId, settings: after };
    return db.insertInto("environment_settings").values(row).compile();
  }
  return db
    .updateTable("environment_settings")
    .set({ settings: sql<string>`case when settings = ${before} then ${after} end` })
    .where("organization_id", "=", organizationId)
    .compile();
}

function isChanged(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isOnSqlite = error.message.includes("constraint failed: environment_settings.");
  const isOnPostgres = "table" in error && error.table === "environment_settings";
  return isOnSqlite || isOnPostgres;
}
