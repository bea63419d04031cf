import { expect, test } from "vitest";
import { importsOf, productionFiles, targetOf, type SourceFile } from "./source-imports.ts";

type Law = {
  /** Folders whose code it may run. */
  readonly runs: readonly string[];
  /** Folders of which it may know the types besides. */
  readonly knows: readonly string[];
  /** `node:*` stands for what Node brings along, except its SQLite. */
  readonly packages: readonly string[];
};

const ANY_PACKAGE = ["node:*", "@temporalio/*", "pino", "express", "jose"];

/** Design: domain ← signing, outbound, store ← delivery ← activities, gateway ← main. */
const LAWS: Readonly<Record<string, Law>> = {
  "src/domain": { runs: [], knows: [], packages: [] },
  "src/signing": { runs: ["src/domain"], knows: [], packages: ["node:*"] },
  "src/outbound": { runs: ["src/domain"], knows: [], packages: ["node:*", "undici", "ipaddr.js"] },
  "src/store": {
    runs: ["src/domain", "src/signing"],
    knows: [],
    packages: ["node:*", "node:sqlite", "kysely", "pg"],
  },
  "src/delivery": {
    runs: ["src/domain", "src/signing", "src/outbound", "src/store"],
    knows: [],
    packages: ["node:*", "pino", "prom-client"],
  },
  activities: {
    runs: ["src/domain", "src/delivery"],
    knows: [],
    packages: ["@temporalio/activity"],
  },
  workflows: {
    runs: ["src/domain"],
    knows: ["activities", "src/delivery"],
    packages: ["@temporalio/workflow"],
  },
  "src/gateway": {
    runs: ["src/domain", "src/signing", "src/store", "src/delivery"],
    knows: [],
    packages: [
      "node:*",
      "express",
      "zod",
      "jose",
      "pino",
      "rate-limiter-flexible",
      "yaml",
      "ajv",
      "ajv/*",
      "ajv-formats",
    ],
  },
  "src/temporal": {
    runs: ["workflows/contract.ts"],
    knows: ["activities", "src/delivery"],
    packages: ["node:*", "@temporalio/*"],
  },
  "src/config.ts": {
    runs: [
      "src/config-endpoints.ts",
      "src/config-values.ts",
      "src/domain",
      "src/outbound",
      "src/gateway/api-settings.ts",
    ],
    knows: ["src/signing", "src/temporal"],
    packages: [],
  },
  "src/config-endpoints.ts": {
    runs: ["src/config-values.ts", "src/domain", "src/outbound", "src/gateway/api-settings.ts"],
    knows: [],
    packages: [],
  },
  "src/config-values.ts": { runs: ["src/domain"], knows: [], packages: [] },
  "src/main": {
    runs: [
      "src/config.ts",
      "src/domain",
      "src/signing",
      "src/outbound",
      "src/store",
      "src/delivery",
      "src/gateway",
      "src/temporal",
      "activities",
      "workflows/contract.ts",
    ],
    knows: [],
    packages: ANY_PACKAGE,
  },
};

const files = productionFiles();

test("every file belongs to a folder that the law names, and no folder is empty", () => {
  const folders = new Set(files.map(({ path }) => folderOf(path)));
  expect([...folders].toSorted()).toEqual(Object.keys(LAWS).toSorted());
});

test.each(Object.entries(LAWS))("%s imports only what the law allows it", (folder, law) => {
  const ours = files.filter(({ path }) => folderOf(path) === folder);
  expect(ours.flatMap((file) => breaches(file, folder, law))).toEqual([]);
});

/** Under src/gateway: what each may import there, besides itself and the files beside these folders. */
const SHARED_BY_NOUNS = { input: [], http: ["input", "access"] };

test.each(Object.entries(SHARED_BY_NOUNS))("%s knows no noun of the API", (name, others) => {
  const places = [name, ...others].map((one) => `src/gateway/${one}/`);
  const ours = files.filter(({ path }) => path.startsWith(`src/gateway/${name}/`));
  expect(ours).not.toEqual([]);
  const known = ours.flatMap(targetsOf).filter((target) => /^src\/gateway\/.*\//.test(target));
  expect(known.filter((target) => !places.some((place) => target.startsWith(place)))).toEqual([]);
});

test("no file imports itself by way of others, types included", () => {
  expect(findCycle(new Map(files.map((file) => [file.path, targetsOf(file)])))).toBeUndefined();
});

test("a cycle would be found", () => {
  const graph = new Map([
    ["a", ["b"]],
    ["b", ["c", "d"]],
    ["c", []],
    ["d", ["b"]],
  ]);
  expect(findCycle(graph)).toEqual(["b", "d", "b"]);
});

test("only src/config.ts reads the environment", () => {
  const readers = files.filter(({ text }) => /\bprocess\s*(\.|\[")env\b/.test(text));
  expect(readers.map(({ path }) => path)).toEqual(["src/config.ts"]);
});

test("the law sees imports of every form", () => {
  const text = `
import "side-effect";
import { a } from "values";
import type { B } from "types";
import {
  type C,
  d,
} from "several-lines";
export { e } from "re-exports";
export type { F } from "re-exported-types";
export const g = await import("calls");
`.trimStart();
  expect(importsOf(text).toSorted((x, y) => x.specifier.localeCompare(y.specifier))).toEqual([
    { specifier: "calls", isType: false },
    { specifier: "re-exported-types", isType: true },
    { specifier: "re-exports", isType: false },
    { specifier: "several-lines", isType: false },
    { specifier: "side-effect", isType: false },
    { specifier: "types", isType: true },
    { specifier: "values", isType: false },
  ]);
});

function breaches(file: SourceFile, folder: string, { runs, knows, packages }: Law) {
  return file.imports
    .filter((one) => {
      const target = targetOf(file.path, one);
      if (target === undefined) return !packages.some((name) => isOf(one.specifier, name));
      const allowed = one.isType ? [folder, ...runs, ...knows] : [folder, ...runs];
      return !allowed.some((place) => target === place || target.startsWith(`${place}/`));
    })
    .map(({ specifier }) => `${file.path} imports ${specifier}`);
}

function isOf(specifier: string, name: string): boolean {
  if (specifier === "node:sqlite") return name === specifier;
  return name.endsWith("*") ? specifier.startsWith(name.slice(0, -1)) : specifier === name;
}

function folderOf(path: string): string {
  const [top = "", second = ""] = path.split("/");
  return top === "src" ? `${top}/${second}` : top;
}

function targetsOf(file: SourceFile): readonly string[] {
  return file.imports.flatMap((one) => targetOf(file.path, one) ?? []);
}

/** Depth first; returns the first way that leads back to one of its own stations. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...way, node]);
      if (cycle !== undefined) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
