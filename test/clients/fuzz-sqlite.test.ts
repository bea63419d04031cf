import { inject, it } from "vitest";
import { ORGANIZATION } from "../support/installation.ts";
import { startInstallation } from "../support/start-installation.ts";
import { fuzz, FUZZ_MS_MAX } from "./fuzz/fuzz.ts";
import { rowsOfSqlite } from "./fuzz/rows.ts";

const python = inject("python");

it.skipIf(python === null)(
  "whatever the API's document allows an application to ask is answered as it says, and leaves " +
    "nothing half done in SQLite",
  { timeout: FUZZ_MS_MAX },
  async () => {
    await using posthorn = await startInstallation();
    await using rows = rowsOfSqlite(posthorn.dataDir);
    await fuzz(posthorn, {
      python: python ?? "",
      rows,
      subjectIn: ({ applicationId }) => ({ organizationId: ORGANIZATION, applicationId }),
      phases: ["examples", "fuzzing"],
    });
  },
);
