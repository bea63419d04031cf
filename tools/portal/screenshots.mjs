import { findNode } from "../paths.mjs";
import { runTool } from "../run.mjs";

/** `npm run portal:screenshots -- [part of a page's name]`: every page, in every look. */
export async function runScreenshots([page = ""]) {
  process.env.PORTAL_SCREENSHOTS = page === "" ? "all" : page;
  return runTool(findNode(), [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--project=portal",
    "screens.test.ts",
  ]);
}
