import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, vi } from "vitest";
import type * as RememberedKeys from "../../../src/gateway/access/remembered-keys.ts";
import { makeToken } from "../../../src/main/token.ts";
import { JWT_SECRET, type Installation } from "../../support/installation.ts";
import { startReceiver } from "../../support/receiver.ts";
import { halfStored, type Rows } from "./rows.ts";
import { runSchemathesis, type FuzzOptions, type FuzzReport } from "./run-schemathesis.ts";
import { walkEverything } from "./walk.ts";
import { createFuzzWorld, type FuzzWorld } from "./world.ts";

// Each change of a key waits for a second, until no other process remembers it: here is none.
vi.mock("../../../src/gateway/access/remembered-keys.ts", async (importOriginal) => ({
  ...(await importOriginal<typeof RememberedKeys>()),
  beingForgotten: () => Promise.resolve(),
}));

/** How long it takes follows from the examples: `npm run fuzz` makes more of them. */
const EXAMPLES = Number(process.env["FUZZ_EXAMPLES"] ?? 8);
const SEED = Number(process.env["FUZZ_SEED"] ?? 20_261_122);
export const FUZZ_MS_MAX = 180_000 + EXAMPLES * 90_000;
const SPARE_TOKENS = 4;
const FORBIDDEN = ["401", "403"];

type Run = {
  readonly python: string;
  readonly rows: Rows;
  readonly subjectIn: (world: FuzzWorld) => Parameters<typeof makeToken>[1];
  readonly phases: FuzzOptions["phases"];
};

/** Asks whatever the API's document allows; throws unless each answer is as it says, and what is kept is whole. */
export async function fuzz(
  posthorn: Installation,
  { python, rows, subjectIn, phases }: Run,
): Promise<void> {
  await using receiver = await startReceiver();
  const world = await createFuzzWorld(posthorn, receiver);
  const newToken = (): Promise<string> => makeToken(JWT_SECRET, subjectIn(world));
  console.log(`Fuzzing with FUZZ_SEED=${SEED} FUZZ_EXAMPLES=${EXAMPLES}`);
  const report = await runSchemathesis({
    python,
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
  // What was answered last may still be noted.
  await expect.poll(() => halfStored(rows)).toEqual({});
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
