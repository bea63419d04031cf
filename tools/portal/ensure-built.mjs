import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findNode, root } from "../paths.mjs";
import { isBuilt } from "./state.mjs";

const BUILD = fileURLToPath(new URL("build.mjs", import.meta.url));

/** Builds the portal if what it is made of has changed since. Throws if that fails. */
export async function ensurePortalBuilt() {
  // An image has the build, and nothing to make it of.
  if (!existsSync(join(root, "portal")) || isBuilt()) return;
  const startedAt = Date.now();
  const building = spawn(findNode(), [BUILD], { cwd: root, stdio: ["ignore", 2, 2] });
  const [code] = await once(building, "exit");
  if (code !== 0) throw new Error("The portal could not be built: see above");
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  console.error(`posthorn: built the portal (${seconds} s)`);
}
