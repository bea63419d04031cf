import { sql, type SqlBool } from "kysely";
import type { Overview, UnwellEndpoint } from "../catalogue-overview.ts";
import type { Page } from "../catalogue.ts";
import { toEndpoint } from "../endpoint-rows.ts";
import { ENDPOINT_COLUMNS } from "../endpoint-table.ts";
import { searchApplications } from "./application-search.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { countRecent } from "./recent-counts.ts";

export function createOverview(database: CatalogueDatabase): Overview {
  return {
    searchApplications: async (organizationId, search) =>
      searchApplications(database, organizationId, search),
    unwellEndpoints: async (organizationId, rowsMax) => unwell(database, organizationId, rowsMax),
    countRecent: async (organizationId, spans) => countRecent(database, organizationId, spans),
  };
}

async function unwell(
  { kysely: db }: CatalogueDatabase,
  organizationId: string,
  rowsMax: number,
): Promise<Page<UnwellEndpoint>> {
  const rows = await db
    .selectFrom("endpoint")
    .innerJoin("application", "application.id", "endpoint.application_id")
    .select(ENDPOINT_COLUMNS)
    .select(["application.uid as application_uid", "application.name as application_name"])
    .where("endpoint.deleted_at_ms", "is", null)
    // As the index of them says it.
    .where(sql<SqlBool>`(endpoint.failing_since_ms is not null or endpoint.disabled)`)
    .where("application.organization_id", "=", organizationId)
    .where("application.kind", "=", "customer")
    .orderBy("endpoint.id", "desc")
    .limit(rowsMax + 1)
    .execute();
  const found = rows.map((row) => ({
    endpoint: toEndpoint(row),
    application: {
      id: row.application_id,
      uid: row.application_uid,
      name: row.application_name,
    },
  }));
  return { rows: found.slice(0, rowsMax), hasMore: found.length > rowsMax };
}
