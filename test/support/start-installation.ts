import { readFileSync } from "node:fs";
import { inject, vi } from "vitest";
import { openInstallation, type Installation } from "./installation.ts";
import { createDatabase } from "./postgres.ts";

// The workflows are bundled once for the whole run: it takes seconds.
vi.mock("../../src/temporal/bundle.ts", () => ({
  bundleWorkflows: () => Promise.resolve({ code: readFileSync(inject("workflowBundle"), "utf8") }),
}));

export type StartOptions = {
  readonly database?: "sqlite" | "postgres";
  /** Settings, by the names that operators use. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whatever a workflow sleeps is skipped. Otherwise `advance` moves its clock. */
  readonly skipsTime?: boolean;
};

/** Posthorn on the run's Temporal server. Throws where Postgres is asked for and not installed. */
export async function startInstallation(options: StartOptions = {}): Promise<Installation> {
  const { environment, skipsTime } = options;
  const temporalAddress = inject("temporalAddress");
  if (options.database !== "postgres") {
    return openInstallation({ temporalAddress, environment, skipsTime });
  }

  const postgresUrl = inject("postgresUrl");
  if (postgresUrl === null) throw new Error("Postgres is not installed");
  const { url: databaseUrl, drop } = await createDatabase(postgresUrl);
  const installation = await openInstallation({
    temporalAddress,
    environment,
    skipsTime,
    databaseUrl,
  });
  return {
    ...installation,
    async [Symbol.asyncDispose]() {
      await installation[Symbol.asyncDispose]();
      await drop();
    },
  };
}
