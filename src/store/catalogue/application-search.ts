import { sql, type Expression, type RawBuilder, type SqlBool } from "kysely";
import type { Application } from "../../domain/records.ts";
import type { Search } from "../catalogue-overview.ts";
import type { Page } from "../catalogue.ts";
import { toApplication } from "../rows.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";

/** No text that begins so comes after it. */
const END = "\u{10ffff}";

/** Ids all begin alike: a text that is shorter is looked for among uids, none of which begin so. */
const ID_BEGINNING = "app_";

/** By name first; then by what whoever has no name at hand has copied. */
export async function searchApplications(
  database: CatalogueDatabase,
  organizationId: string,
  { beginning, after, rowsMax }: Search,
): Promise<Page<Application> | undefined> {
  const read = (scan: Scan) => readCustomers(database, organizationId, scan);
  const [names, keys] = [nameWay(database, beginning), keyWay(beginning)];
  const find = async (way: Way) => {
    const place = sql<SqlBool>`id = ${after}`;
    const [row] = await read({ way, where: [within(way), place], rowsMax: 1, withRemoved: true });
    return row;
  };
  const last = after === undefined ? undefined : await find(names);
  const lastKey = after === undefined || last !== undefined ? undefined : await find(keys);
  if (after !== undefined && last === undefined && lastKey === undefined) return undefined;

  const limit = rowsMax + 1;
  const byName =
    lastKey === undefined
      ? await read({ way: names, where: beyond(names, last), rowsMax: limit })
      : [];
  const where = [...beyond(keys, lastKey), sql<SqlBool>`not (${within(names)})`];
  const left = limit - byName.length;
  const byKey = left > 0 ? await read({ way: keys, where, rowsMax: left }) : [];
  const rows = [...byName, ...byKey];
  return { rows: rows.slice(0, rowsMax), hasMore: rows.length > rowsMax };
}

/** What rows are found by, which an index has in order. */
type Way = {
  readonly key: RawBuilder<unknown>;
  readonly keyOf: (row: Application) => Expression<unknown>;
  readonly from: Expression<unknown>;
  readonly below: Expression<unknown>;
};

function nameWay({ byteOrdered }: CatalogueDatabase, beginning: string): Way {
  return {
    key: byteOrdered(sql`lower(name)`),
    keyOf: ({ name }) => sql`lower(${name})`,
    from: sql`lower(${beginning})`,
    below: sql`lower(${beginning + END})`,
  };
}

function keyWay(beginning: string): Way {
  const column = beginning.startsWith(ID_BEGINNING) ? "id" : "uid";
  return {
    key: sql.ref(column),
    keyOf: (row) => sql`${row[column]}`,
    from: sql`${beginning}`,
    below: sql`${beginning + END}`,
  };
}

function within({ key, from, below }: Way): Expression<SqlBool> {
  return sql<SqlBool>`${key} >= ${from} and ${key} < ${below}`;
}

function beyond(way: Way, last: Application | undefined): readonly Expression<SqlBool>[] {
  if (last === undefined) return [within(way)];
  const from = way.keyOf(last);
  return [
    within({ ...way, from }),
    sql<SqlBool>`(${way.key} > ${from} or id > ${sql.val(last.id)})`,
  ];
}

type Scan = {
  readonly way: Way;
  readonly where: readonly Expression<SqlBool>[];
  readonly rowsMax: number;
  /** Where a page ended stays a place, also when what stood there is gone. */
  readonly withRemoved?: true;
};

async function readCustomers(
  { kysely: db }: CatalogueDatabase,
  organizationId: string,
  { way, where, rowsMax, withRemoved }: Scan,
): Promise<readonly Application[]> {
  const rows = await db
    .selectFrom("application")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("kind", "=", "customer")
    .$if(withRemoved !== true, (some) => some.where("deleted_at_ms", "is", null))
    .where((eb) => eb.and(where))
    .orderBy(way.key)
    .orderBy("id")
    .limit(rowsMax)
    .execute();
  return rows.map(toApplication);
}
