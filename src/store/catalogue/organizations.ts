import type { Kysely } from "kysely";
import {
  DEFAULT_ORGANIZATION_SETTINGS,
  type OrganizationSettings,
} from "../../domain/organization-settings.ts";
import type { Organizations } from "../catalogue-organizations.ts";
import type { Tables } from "../tables.ts";
import { changeRow } from "./change-row.ts";

type Kept = { readonly settings: OrganizationSettings; readonly updatedAtMs: number };

const NOTHING_CHOSEN = { settings: "{}", updated_at_ms: 0 };

export function createOrganizations(db: Kysely<Tables>): Organizations {
  return {
    async settings(organizationId) {
      return (await read(db, organizationId))?.settings ?? DEFAULT_ORGANIZATION_SETTINGS;
    },
    async changeSettings(organizationId, change, nowMs) {
      const access = {
        read: async () => (await read(db, organizationId)) ?? (await begin(db, organizationId)),
        write: async (row: Kept, found: Kept) => update(db, organizationId, row, found),
      };
      const changed = await changeRow(access, ({ settings }) => ({
        settings: change(settings),
        updatedAtMs: nowMs,
      }));
      return changed?.settings ?? DEFAULT_ORGANIZATION_SETTINGS;
    },
  };
}

async function read(db: Kysely<Tables>, organizationId: string): Promise<Kept | undefined> {
  const row = await db
    .selectFrom("organization_settings")
    .select(["settings", "updated_at_ms"])
    .where("organization_id", "=", organizationId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const chosen = JSON.parse(row.settings) as Partial<OrganizationSettings>;
  const settings = { ...DEFAULT_ORGANIZATION_SETTINGS, ...chosen };
  return { settings, updatedAtMs: row.updated_at_ms };
}

/** Makes the row that changes are then made to, so that those that meet find the same one. */
async function begin(db: Kysely<Tables>, organizationId: string): Promise<Kept | undefined> {
  await db
    .insertInto("organization_settings")
    .values({ organization_id: organizationId, ...NOTHING_CHOSEN })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return read(db, organizationId);
}

async function update(
  db: Kysely<Tables>,
  organizationId: string,
  { settings, updatedAtMs }: Kept,
  found: Kept,
): Promise<bigint> {
  const result = await db
    .updateTable("organization_settings")
    .set({ settings: JSON.stringify(settings), updated_at_ms: updatedAtMs })
    .where("organization_id", "=", organizationId)
    .where("updated_at_ms", "=", found.updatedAtMs)
    .executeTakeFirst();
  return result.numUpdatedRows;
}
