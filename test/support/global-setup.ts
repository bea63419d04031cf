import { rmSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { startTestPostgres } from "./postgres.ts";
import { createRunDirectory, removeAbandonedRuns } from "./run-directory.ts";
import { startTestTemporal } from "./temporal.ts";

declare module "vitest" {
  // Vitest is extended by merging into its interface, which a type cannot do.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  export interface ProvidedContext {
    temporalAddress: string;
    /** Null where no Postgres is installed. */
    postgresUrl: string | null;
  }
}

/** One Temporal and one Postgres for all tests: `inject("temporalAddress")` and so on. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandonedRuns();
  const directory = createRunDirectory();
  const started = await Promise.allSettled([
    startTestTemporal(directory),
    startTestPostgres(directory),
  ]);
  const stop = async (): Promise<void> => {
    for (const server of started) {
      if (server.status === "fulfilled") await server.value?.stop();
    }
    rmSync(directory, { recursive: true, force: true });
  };

  const [temporal, postgres] = started;
  try {
    if (temporal.status === "rejected") throw temporal.reason;
    if (postgres.status === "rejected") throw postgres.reason;
    project.provide("temporalAddress", temporal.value.address);
    project.provide("postgresUrl", postgres.value?.url ?? null);
    if (postgres.value === null) warnOfMissingPostgres();
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

function warnOfMissingPostgres(): void {
  const sentence = "Postgres is not installed, so everything that needs it is NOT tested.";
  if (process.env["CI"] === "true") throw new Error(sentence);
  console.error(`\n${"!".repeat(sentence.length)}\n${sentence}\n${"!".repeat(sentence.length)}\n`);
}
