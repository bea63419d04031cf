import { DatabaseSync } from "node:sqlite";
import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { createDatabase } from "../../../test/support/postgres.ts";
import { recordQueries } from "../../../test/support/recorded-queries.ts";
import type { Catalogue } from "../catalogue.ts";
import { LIST_READS } from "../conformance/list-reads.ts";
import { migrateSqlite } from "../migrate.ts";
import { openPool } from "../postgres/connect.ts";
import { createPostgresKysely } from "../postgres/kysely.ts";
import { migratePostgresDatabase } from "../postgres/migrate-database.ts";
import { createSealedEndpoint } from "../sealed-endpoint.ts";
import { createSealer } from "../sealed.ts";
import { createSqliteKysely } from "../sqlite/kysely-dialect.ts";
import { createCatalogue } from "./catalogue.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";

type Read = (catalogue: Catalogue) => Promise<unknown>;

const postgresUrl = inject("postgresUrl");

const DELIVERY_READS: readonly [string, string, Read][] = [
  [
    "what waits at endpoints",
    "delivery_by_status",
    ({ deliveries }) => deliveries.waiting(["e", "f"], 9),
  ],
  ["how messages fare", "delivery_pkey", ({ deliveries }) => deliveries.countByMessage(["m", "n"])],
  [
    "who is first in line",
    "delivery_in_line",
    ({ deliveries }) => deliveries.firstInLine(["e", "f"]),
  ],
];

describe("on SQLite", () => {
  test.each(LIST_READS)("$what: in order, from $index", async ({ index, isMerged, read }) => {
    const plan = await planOf(read);
    const searches = plan.filter((line) => line.startsWith("SEARCH"));
    // A table's name stands for its primary key.
    const expected = new RegExp(` (INDEX ${index}|SEARCH ${index} USING PRIMARY KEY) \\(`);
    expect(` ${searches[0]}`).toMatch(expected);
    expect(plan.filter((line) => /^SCAN (?!page|scan|json_each)/.test(line))).toEqual([]);
    // Only what is merged is sorted: a page of each.
    expect(plan.some((line) => line.includes("TEMP B-TREE"))).toBe(isMerged);
  });

  const ONE: readonly [string, string, Read][] = [
    [
      "an application by uid",
      "application_by_uid",
      ({ applications }) => applications.find("o", "u"),
    ],
    [
      "the organization's own application",
      "application_operational",
      ({ applications }) => applications.findOperational("o"),
    ],
    [
      "an application by how its name begins",
      "application_by_name",
      ({ overview }) => overview.searchApplications("o", { beginning: "n", rowsMax: 9 }),
    ],
    [
      "a message by event id",
      "message_by_event_id",
      ({ messages }) => messages.find("a", "e", false),
    ],
  ];
  test.each(ONE)("%s is found by %s", async (_, index, read) => {
    expect((await planOf(read))[0]).toMatch(new RegExp(`^SEARCH .* INDEX ${index} `));
  });

  test("endpoints that are unwell are read from an index that has no others", async () => {
    const plan = await planOf(({ overview }) => overview.unwellEndpoints("o", 9));
    expect(plan[0]).toBe("SCAN endpoint USING INDEX endpoint_unwell");
    expect(plan.some((line) => line.includes("TEMP B-TREE"))).toBe(false);
  });

  test.each(DELIVERY_READS)("%s, from %s", async (_, index, read) => {
    const plan = await planOf(read);
    const ofDeliveries = plan.filter((line) => line.includes(" delivery "));
    const served = new RegExp(`^SEARCH delivery USING .*(INDEX ${index}|PRIMARY KEY) \\(`);
    expect(ofDeliveries.length).toBeGreaterThan(0);
    for (const line of ofDeliveries) expect(line).toMatch(served);
    expect(plan.some((line) => line.includes("TEMP B-TREE"))).toBe(false);
  });

  test("attempts are counted by an index alone", async () => {
    const plan = await planOf(({ attempts }) => attempts.count("e", { idFrom: "a", idBelow: "z" }));
    const searches = plan.filter((line) => line.startsWith("SEARCH"));
    const index = expect.stringContaining("USING COVERING INDEX attempt_by_status");
    expect(new Set(searches)).toEqual(new Set([index]));
  });

  async function planOf(read: Read): Promise<readonly string[]> {
    const database = new DatabaseSync(":memory:");
    migrateSqlite(database);
    const queries = await queriesOf(createSqliteKysely(database), read);
    return queries.flatMap(({ sql }) =>
      database
        .prepare(`explain query plan ${sql}`)
        .all()
        .map((row) => String(row["detail"])),
    );
  }
});

describe.skipIf(postgresUrl === null)("on Postgres", () => {
  let pool: Pool;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await createDatabase(postgresUrl ?? "");
    drop = database.drop;
    await migratePostgresDatabase(database.url);
    pool = await openPool(database.url, 1);
    // Tables that are empty would be read whole, and sorted.
    await pool.query(
      "set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off",
    );
  });
  afterAll(async () => {
    await pool.end();
    await drop();
  });

  test.each(LIST_READS)("$what: in order, from $index", async ({ index, isMerged, read }) => {
    const plan = await planOf(read);
    const scans = plan.flatMap((line) => /Index .*Scan.* using (\w+)/.exec(line)?.[1] ?? []);
    expect([index, `${index}_pkey`]).toContain(scans[0]);
    expect(plan.filter((line) => /Seq Scan|Sort +\(/.test(line))).toEqual([]);
    expect(plan.some((line) => line.includes("Merge Append"))).toBe(isMerged);
  });

  test.each(DELIVERY_READS)("%s, from %s", async (_, index, read) => {
    const plan = await planOf(read);
    const scans = plan.filter((line) => line.includes(" on delivery"));
    expect(scans.length).toBeGreaterThan(0);
    for (const line of scans) expect(line).toMatch(new RegExp(`Index .*Scan using ${index} `));
    expect(plan.filter((line) => /Seq Scan|Sort +\(/.test(line))).toEqual([]);
  });

  async function planOf(read: Read): Promise<readonly string[]> {
    const lines: string[] = [];
    for (const { sql, parameters } of await queriesOf(createPostgresKysely(pool), read)) {
      const { rows } = await pool.query<Record<string, string>>(`explain ${sql}`, [...parameters]);
      lines.push(...rows.map((row) => row["QUERY PLAN"] ?? ""));
    }
    return lines;
  }
});

async function queriesOf(database: CatalogueDatabase, read: Read) {
  const { db, queries } = recordQueries(database);
  await read(createCatalogue({ db, sealed: createSealedEndpoint(createSealer(["a key"])) }));
  return queries;
}
