import type { Kysely } from "kysely";
import type { Environments, Settings } from "../catalogue-environments.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { archival, replacement } from "./event-types.ts";

export function createEnvironments({
  kysely: db,
  inOneTransaction,
}: CatalogueDatabase): Environments {
  return {
    async settings(organizationId) {
      const row = await db
        .selectFrom("environment_settings")
        .select("settings")
        .where("organization_id", "=", organizationId)
        .executeTakeFirst();
      return row === undefined ? null : (JSON.parse(row.settings) as Settings);
    },
    async import(organizationId, { eventTypes, archived, settings }, nowMs) {
      const kept = settings === null ? [] : [keep(db, organizationId, settings).compile()];
      const writes = [
        ...eventTypes.map((one) => [one.name, replacement(db, one)] as const),
        ...archived.map((name) => [name, archival(db, organizationId, name, nowMs)] as const),
      ];
      // In one order, so that of imports that meet none waits for one that waits for it.
      const inOrder = writes.toSorted(([one], [other]) => (one < other ? -1 : 1));
      await inOneTransaction([...inOrder.map(([, write]) => write.compile()), ...kept]);
    },
  };
}

function keep(db: Kysely<Tables>, organizationId: string, settings: Settings) {
  const text = JSON.stringify(settings);
  return db
    .insertInto("environment_settings")
    .values({ organization_id: organizationId, settings: text })
    .onConflict((conflict) => conflict.column("organization_id").doUpdateSet({ settings: text }));
}
