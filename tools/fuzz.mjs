import { randomInt } from "node:crypto";
import { findNode } from "./paths.mjs";
import { runTool } from "./run.mjs";

const EXAMPLES = "200";
const SEED_MAX = 2 ** 31;

/** `npm run fuzz -- [examples] [seed]`: what `npm test` does with 8 examples and a fixed seed. */
export async function runFuzz([examples = EXAMPLES, seed = String(randomInt(SEED_MAX))]) {
  process.env.FUZZ_EXAMPLES = examples;
  process.env.FUZZ_SEED = seed;
  return runTool(findNode(), ["node_modules/vitest/vitest.mjs", "run", "test/clients/fuzz"]);
}
