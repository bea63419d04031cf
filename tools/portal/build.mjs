// Builds the portal into dist/portal. Runs with Node 24: `node tools/portal/build.mjs`.
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { root } from "../paths.mjs";
import { compressFiles } from "./compress.mjs";
import { BUILD_MARK, OUTPUT, sourcesHash } from "./state.mjs";

const made = `${OUTPUT}-${process.pid}`;
const replaced = `${made}-replaced`;

try {
  const sources = sourcesHash();
  mkdirSync(made, { recursive: true });
  process.env.PORTAL_OUTPUT = made;
  // Whoever builds it for a test wants what is served, too.
  process.env.NODE_ENV = "production";
  await build({ configFile: join(root, "portal/vite.config.ts"), logLevel: "warn" });
  await compressFiles(join(made, "assets"));
  writeFileSync(join(made, BUILD_MARK), sources);
  replace();
} finally {
  rmSync(made, { recursive: true, force: true });
  rmSync(replaced, { recursive: true, force: true });
}

/** In one go: a gateway that runs, or another build, finds the one or the other whole. */
function replace() {
  try {
    renameSync(OUTPUT, replaced);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  try {
    renameSync(made, OUTPUT);
  } catch (error) {
    // Another build of the same was quicker.
    if (!["ENOTEMPTY", "EEXIST"].includes(error.code)) throw error;
  }
}
