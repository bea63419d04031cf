import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { bundleWorkflows } from "../../src/temporal/bundle.ts";
import { startTestPostgres } from "./postgres.ts";
import { createRunDirectory, removeAbandonedRuns } from "./run-directory.ts";
import { holdUsualPorts, startTestTemporal } from "./temporal.ts";

declare module "vitest" {
  // Vitest is extended by merging into its interface, which a type cannot do.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  export interface ProvidedContext {
    temporalAddress: string;
    /** Null where no Postgres is installed. */
    postgresUrl: string | null;
    /** A file with all workflows as one script. */
    workflowBundle: string;
  }
}

/** One Temporal and one Postgres for all tests: `inject("temporalAddress")` and so on. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandonedRuns();
  holdUsualPorts();
  const directory = createRunDirectory();
  const [temporal, postgres, bundle] = await Promise.allSettled([
    startTestTemporal(directory),
    startTestPostgres(directory),
    bundleInto(directory),
  ]);
  const stop = async (): Promise<void> => {
    for (const server of [temporal, postgres]) {
      if (server.status === "fulfilled") await server.value?.stop();
    }
    rmSync(directory, { recursive: true, force: true });
  };

  try {
    if (temporal.status === "rejected") throw temporal.reason;
    if (postgres.status === "rejected") throw postgres.reason;
    if (bundle.status === "rejected") throw bundle.reason;
    project.provide("workflowBundle", bundle.value);
    project.provide("temporalAddress", temporal.value.address);
    project.provide("postgresUrl", postgres.value?.url ?? null);
    if (postgres.value === null) warnOfMissingPostgres();
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function bundleInto(directory: string): Promise<string> {
  const file = join(directory, "workflows.js");
  const { code } = await bundleWorkflows();
  writeFileSync(file, code);
  return file;
}

function warnOfMissingPostgres(): void {
  const sentence = "Postgres is not installed, so everything that needs it is NOT tested.";
  if (process.env["CI"] === "true") throw new Error(sentence);
  console.error(`\n${"!".repeat(sentence.length)}\n${sentence}\n${"!".repeat(sentence.length)}\n`);
}
