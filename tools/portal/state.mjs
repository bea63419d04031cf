import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths.mjs";

export const OUTPUT = join(root, "dist/portal");
/** Says what the build was made of. */
export const BUILD_MARK = "sources.txt";

export function isBuilt() {
  try {
    return readFileSync(join(OUTPUT, BUILD_MARK), "utf8") === sourcesHash();
  } catch {
    return false;
  }
}

/** Of contents, not of times: those change with every checkout. */
export function sourcesHash() {
  const hash = createHash("sha256");
  for (const file of [...sourceFiles(), "package-lock.json"]) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

function sourceFiles() {
  const portal = filesBelow("portal", (name) => !/\.(md|test\.tsx?)$/.test(name));
  // What it shows of verifying; beside that are receivers, and what running them leaves there.
  return [...portal, ...filesBelow("examples/receive", (name) => /^(verify|send)/i.test(name))];
}

function filesBelow(folder, isSource) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isSource(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length))
    .sort();
}
