import { inject, it } from "vitest";
import { ORGANIZATION } from "../support/installation.ts";
import { createDatabase } from "../support/postgres.ts";
import { startInstallation } from "../support/start-installation.ts";
import { fuzz, FUZZ_MS_MAX } from "./fuzz/fuzz.ts";
import { rowsOfPostgres } from "./fuzz/rows.ts";

const python = inject("python");
const postgresUrl = inject("postgresUrl");

it.skipIf(python === null || postgresUrl === null)(
  "whatever the API's document allows to be asked is answered as it says, and leaves nothing half " +
    "done in Postgres",
  { timeout: FUZZ_MS_MAX },
  async () => {
    const database = await createDatabase(postgresUrl ?? "");
    try {
      await using rows = await rowsOfPostgres(database.url);
      await using posthorn = await startInstallation({
        environment: { DATABASE_URL: database.url },
      });
      await fuzz(posthorn, {
        python: python ?? "",
        rows,
        subjectIn: () => ({ organizationId: ORGANIZATION }),
        phases: ["examples", "coverage", "fuzzing"],
      });
    } finally {
      await database.drop();
    }
  },
);
