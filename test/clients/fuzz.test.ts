import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { makeToken } from "../../src/main/token.ts";
import { JWT_SECRET, ORGANIZATION, type Installation } from "../support/installation.ts";
import { createDatabase } from "../support/postgres.ts";
import { startReceiver } from "../support/receiver.ts";
import { startInstallation } from "../support/start-installation.ts";
import { halfStored, rowsOfPostgres, rowsOfSqlite, type Rows } from "./fuzz/rows.ts";
import { runSchemathesis, type FuzzOptions, type FuzzReport } from "./fuzz/run-schemathesis.ts";
import { walkEverything } from "./fuzz/walk.ts";
import { createFuzzWorld, type FuzzWorld } from "./fuzz/world.ts";

const python = inject("python");
const postgresUrl = inject("postgresUrl");

/** How long it takes follows from the examples: `npm run fuzz` makes more of them. */
const EXAMPLES = Number(process.env["FUZZ_EXAMPLES"] ?? 8);
const SEED = Number(process.env["FUZZ_SEED"] ?? 20_261_122);
const MS_MAX = 60_000 + EXAMPLES * 20_000;
const SPARE_TOKENS = 4;
const FORBIDDEN = ["401", "403"];

describe.skipIf(python === null)("whatever the API's document allows to be asked", () => {
  it.skipIf(postgresUrl === null)(
    "is answered as it says, and leaves nothing half done in Postgres",
    { timeout: MS_MAX },
    async () => {
      const database = await createDatabase(postgresUrl ?? "");
      try {
        await using rows = await rowsOfPostgres(database.url);
        await using posthorn = await startInstallation({
          environment: { DATABASE_URL: database.url },
        });
        await fuzz(posthorn, {
          rows,
          subjectIn: () => ({ organizationId: ORGANIZATION }),
          phases: ["examples", "coverage", "fuzzing"],
        });
      } finally {
        await database.drop();
      }
    },
  );

  it(
    "is answered to an application, too, and leaves nothing half done in SQLite",
    { timeout: MS_MAX },
    async () => {
      await using posthorn = await startInstallation();
      await using rows = rowsOfSqlite(posthorn.dataDir);
      await fuzz(posthorn, {
        rows,
        subjectIn: ({ applicationId }) => ({ organizationId: ORGANIZATION, applicationId }),
        phases: ["examples", "fuzzing"],
      });
    },
  );
});

type Run = {
  readonly rows: Rows;
  readonly subjectIn: (world: FuzzWorld) => Parameters<typeof makeToken>[1];
  readonly phases: FuzzOptions["phases"];
};

async function fuzz(posthorn: Installation, { rows, subjectIn, phases }: Run): Promise<void> {
  await using receiver = await startReceiver();
  const world = await createFuzzWorld(posthorn, receiver);
  const newToken = (): Promise<string> => makeToken(JWT_SECRET, subjectIn(world));
  console.log(`Fuzzing with FUZZ_SEED=${SEED} FUZZ_EXAMPLES=${EXAMPLES}`);
  const report = await runSchemathesis({
    python: python ?? "",
    documentUrl: `${posthorn.url}/api/v1/openapi.json`,
    token: await newToken(),
    spareTokens: await Promise.all(Array.from({ length: SPARE_TOKENS }, newToken)),
    world,
    phases,
    examples: EXAMPLES,
    seed: SEED,
  });
  if (!report.passed) expect.fail(`${report.text}\n${errorsOf(posthorn)}`);
  expect(neverReached(report.statuses)).toEqual({});
  expect(await halfStored(rows)).toEqual({});
  await walkEverything(posthorn);
}

/** What Posthorn itself knows of an answer of 500, by the id that the answer names. */
function errorsOf({ dataDir }: Installation): string {
  const lines = readFileSync(join(dataDir, "posthorn.log"), "utf8").split("\n");
  return lines.filter((line) => line.includes('"err":')).join("\n");
}

/** Refused to the live tokens that ask here. Their own tests are in src/gateway/events. */
const FOR_SANDBOXES = /\/v1\/(event-schedules|events\/.*\/trigger)/;

/**
 * Operations of which neither one came as far as to be carried out nor all were forbidden: nothing
 * behind them was tested. A 409 comes that far: what it wants, another operation has ruined.
 */
function neverReached(statuses: FuzzReport["statuses"]): FuzzReport["statuses"] {
  return Object.fromEntries(
    Object.entries(statuses).filter(([operation, counts]) => {
      if (FOR_SANDBOXES.test(operation)) return false;
      const answered = Object.keys(counts);
      const isReached = answered.some((status) => status.startsWith("2") || status === "409");
      return !isReached && !answered.every((status) => FORBIDDEN.includes(status));
    }),
  );
}
