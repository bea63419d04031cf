import { rmSync } from "node:fs";
import type { Pool } from "pg";
import type { Catalogue } from "../src/store/catalogue.ts";
import { createCatalogue } from "../src/store/catalogue/catalogue.ts";
import { connectPostgres, openPool } from "../src/store/postgres/connect.ts";
import { createPostgresKysely } from "../src/store/postgres/kysely.ts";
import { migratePostgresDatabase } from "../src/store/postgres/migrate-database.ts";
import { createSealedEndpoint } from "../src/store/sealed-endpoint.ts";
import { createSealer } from "../src/store/sealed.ts";
import { recordQueries } from "../test/support/recorded-queries.ts";
import { createRunDirectory } from "../test/support/run-directory.ts";
import { CASES, type ListCase } from "./lists-cases.ts";
import { fill } from "./lists-data.ts";
import { startPostgres } from "./postgres.ts";
import { table } from "./table.ts";

const P99_MS_MAX = 20;
/** Seven pages for each case. */
const ROUNDS = 30;
const WARM_UP_ROUNDS = 3;
/** A sequential scan of one of these grows with what was ever sent. */
const LARGE_TABLE_SCAN = /Seq Scan on (message|delivery|attempt)\w*/;

type Measured = {
  readonly list: string;
  readonly filter: string;
  readonly timesMs: readonly number[];
  /** What reads a large table whole, if something does. */
  readonly scan: string | undefined;
};

/** Measures every list under every filter, and resolves with whether all are as fast as promised. */
export async function benchLists(signal: AbortSignal): Promise<boolean> {
  await using owned = new AsyncDisposableStack();
  const directory = createRunDirectory();
  owned.defer(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  const { url } = owned.use(await startPostgres(directory));
  await fillPostgres(url);
  const pool = await openPool(url, 1);
  owned.defer(async () => pool.end());

  const measured: Measured[] = [];
  for (const one of CASES) {
    signal.throwIfAborted();
    measured.push(await measure(pool, one));
  }
  console.log(`\n${describe(measured)}`);
  return measured.every(isAsPromised);
}

async function fillPostgres(url: string): Promise<void> {
  console.log("Filling a Postgres with 1,000,000 attempts …");
  const beganMs = performance.now();
  await migratePostgresDatabase(url);
  const client = await connectPostgres(url);
  try {
    await fill(client);
  } finally {
    await client.end();
  }
  console.log(`… took ${Math.round((performance.now() - beganMs) / 1_000)} s`);
}

async function measure(pool: Pool, one: ListCase): Promise<Measured> {
  const { catalogue, scanned } = openCatalogue(pool);
  const scan = await scanned(one);
  const timesMs: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    for (const page of one.pages) {
      const beganMs = performance.now();
      await one.read(catalogue, page);
      if (round >= 0) timesMs.push(performance.now() - beganMs);
    }
  }
  return { list: one.list, filter: one.filter, timesMs: timesMs.toSorted((a, b) => a - b), scan };
}

function openCatalogue(pool: Pool) {
  const db = createPostgresKysely(pool);
  const sealed = createSealedEndpoint(createSealer(["a key for the bench"]));
  return {
    catalogue: createCatalogue({ db, sealed }),

    /** What of its plans reads a large table whole. */
    async scanned({ pages, read }: ListCase): Promise<string | undefined> {
      const recorded = recordQueries(db);
      const catalogue: Catalogue = createCatalogue({ db: recorded.db, sealed });
      for (const page of pages) await read(catalogue, page);
      for (const { sql, parameters } of recorded.queries) {
        const plan = await pool.query({
          text: `explain ${sql}`,
          values: [...parameters],
          rowMode: "array",
        });
        const found = LARGE_TABLE_SCAN.exec(plan.rows.flat().join("\n"));
        if (found !== null) return found[0];
      }
      return undefined;
    },
  };
}

function isAsPromised({ timesMs, scan }: Measured): boolean {
  return scan === undefined && percentile(timesMs, 99) <= P99_MS_MAX;
}

function describe(measured: readonly Measured[]): string {
  const header = ["list", "filter", "p50", "p99", `≤ ${P99_MS_MAX} ms`];
  const rows = measured.map((one) => [
    one.list,
    one.filter,
    percentile(one.timesMs, 50).toFixed(1),
    percentile(one.timesMs, 99).toFixed(1),
    isAsPromised(one) ? "met" : `MISSED${one.scan === undefined ? "" : `: ${one.scan}`}`,
  ]);
  return table([header, ...rows]);
}

function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? Number.NaN;
}
