import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../project/source-imports.ts";

const INITIAL_SCRIPT_BYTES_MAX = 250_000;
/** What the portal's first page needs, by the files of their sources. */
const FIRST = [
  "index.html",
  "src/shell/portal-shell.tsx",
  "src/pages/endpoints/endpoints-page.tsx",
];

type Chunk = { readonly file: string; readonly imports?: readonly string[] };

const BUILD = join(ROOT, "dist/portal");
const manifest = JSON.parse(readFileSync(join(BUILD, ".vite/manifest.json"), "utf8")) as Readonly<
  Record<string, Chunk>
>;

test("what the first page loads of scripts is small", () => {
  const chunks = reached(FIRST);
  expect(chunks.size).toBeGreaterThan(FIRST.length - 1);
  const bytes = [...chunks].map((name) => bytesOf(manifest[name]?.file ?? ""));
  const total = bytes.reduce((sum, one) => sum + one, 0);
  expect(total).toBeGreaterThan(100_000);
  expect(total).toBeLessThanOrEqual(INITIAL_SCRIPT_BYTES_MAX);
});

test("charts are not among them", () => {
  const all = [...reached(FIRST)].map((name) =>
    readFileSync(join(BUILD, manifest[name]?.file ?? ""), "utf8"),
  );
  expect(all.join("\n")).not.toContain("recharts");
});

/** Chunks by their names in the manifest, with all that they import at once. */
function reached(names: readonly string[], found = new Set<string>()): ReadonlySet<string> {
  for (const name of names) {
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`The build has no ${name}`);
    if (found.has(name)) continue;
    found.add(name);
    reached(chunk.imports ?? [], found);
  }
  return found;
}

/** As gzip; what is too small to gain by it, as it is. */
function bytesOf(file: string): number {
  const path = join(BUILD, file);
  return (statSync(`${path}.gz`, { throwIfNoEntry: false }) ?? statSync(path)).size;
}
