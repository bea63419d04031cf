import { sql, type Expression, type SqlBool } from "kysely";
import type { Application } from "../../domain/records.ts";
import type { Overview, UnwellEndpoint } from "../catalogue-overview.ts";
import type { Page } from "../catalogue.ts";
import { toEndpoint } from "../endpoint-rows.ts";
import { ENDPOINT_COLUMNS } from "../endpoint-table.ts";
import { toApplication } from "../rows.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { countRecent } from "./recent-counts.ts";

/** No text that begins so comes after it. */
const END = "\u{10ffff}";

export function createOverview(database: CatalogueDatabase): Overview {
  return {
    searchApplications: async (organizationId, beginning, rowsMax) =>
      search(database, { organizationId, beginning, rowsMax }),
    unwellEndpoints: async (organizationId, rowsMax) => unwell(database, organizationId, rowsMax),
    countRecent: async (organizationId, spans) => countRecent(database, organizationId, spans),
  };
}

type Search = {
  readonly organizationId: string;
  readonly beginning: string;
  readonly rowsMax: number;
};

/** A scan of an index for each of the three, none of more rows than are asked for. */
async function search(database: CatalogueDatabase, asked: Search): Promise<Page<Application>> {
  const { beginning, rowsMax } = asked;
  const name = database.byteOrdered(sql`lower(name)`);
  const [from, below] = [sql`lower(${beginning})`, sql`lower(${beginning + END})`];
  const found = [
    ...(await customers(database, asked, sql`${name} >= ${from} and ${name} < ${below}`)),
    ...(await customers(database, asked, sql`uid >= ${beginning} and uid < ${beginning + END}`)),
    ...(await customers(database, asked, sql`id >= ${beginning} and id < ${beginning + END}`)),
  ];
  const each = [...new Map(found.map((one) => [one.id, one])).values()];
  const rows = each.toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  return { rows: rows.slice(0, rowsMax), hasMore: rows.length > rowsMax };
}

async function customers(
  { kysely: db }: CatalogueDatabase,
  { organizationId, rowsMax }: Search,
  which: Expression<SqlBool>,
): Promise<readonly Application[]> {
  const rows = await db
    .selectFrom("application")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("deleted_at_ms", "is", null)
    .where("kind", "=", "customer")
    .where(which)
    .limit(rowsMax + 1)
    .execute();
  return rows.map(toApplication);
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
