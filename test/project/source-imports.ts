import { globSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** One import, re-export or import() of a file; `isType` if it is gone when the code runs. */
export type Import = { readonly specifier: string; readonly isType: boolean };

export type SourceFile = {
  /** From the project's root: src/domain/ids.ts. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
};

// Prettier begins statements in the first column, and puts their specifier in double quotes.
const STATEMENT = /^(?:import|export)\s+(type\s)?[^;"]*?\bfrom\s+"([^"]+)"/gm;
const SIDE_EFFECT = /^import\s+"([^"]+)"/gm;
const CALL = /\bimport\(\s*"([^"]+)"/g;

export function importsOf(text: string): readonly Import[] {
  return [
    ...[...text.matchAll(STATEMENT)].map(([, type, specifier = ""]) => ({
      specifier,
      isType: type !== undefined,
    })),
    ...[...text.matchAll(SIDE_EFFECT), ...text.matchAll(CALL)].map(([, specifier = ""]) => ({
      specifier,
      isType: false,
    })),
  ];
}

/** What runs in production: no tests, and nothing that only they use. */
export function productionFiles(): readonly SourceFile[] {
  return globSync("{src,workflows,activities}/**/*.ts", { cwd: ROOT })
    .filter((path) => !/\.test\.ts$|\/testing\/|\/conformance\/|\/test-[\w-]+\.ts$/.test(path))
    .map((path) => {
      const text = readFileSync(join(ROOT, path), "utf8");
      return { path, text, imports: importsOf(text) };
    });
}

/** The imported file's path from the root, undefined for a package. */
export function targetOf(importer: string, { specifier }: Import): string | undefined {
  return specifier.startsWith(".") ? posix.join(dirname(importer), specifier) : undefined;
}
