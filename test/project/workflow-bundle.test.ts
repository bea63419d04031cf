import { relative } from "node:path";
import { expect, test } from "vitest";
import { bundleWorkflows } from "../../src/temporal/bundle.ts";
import { ROOT } from "./source-imports.ts";

/** A zod schema imported by value would add 1 MB; workflows are compiled in every worker. */
const CODE_BYTES_MAX = 1_000_000;

/** What Temporal's own packages for workflows depend on. */
const PACKAGES = /^node_modules\/(@temporalio\/(workflow|common|worker|proto)|ms|nexus-rpc|long)\//;
/** The bundler's own, and what stands for the converters that we do not have. */
const NOT_FILES = /^webpack\/|^ignored\||^$/;

test("the bundle of the workflows holds nothing but workflows, policies and Temporal", async () => {
  const { code } = await bundleWorkflows();
  const sources = sourcesOf(code);
  const ours = sources.filter((source) => !source.startsWith("node_modules/"));
  expect(ours).toContain("workflows/deliver-messages.ts");
  expect(ours.filter((source) => !/^(workflows|src\/domain)\//.test(source))).toEqual([]);
  const theirs = sources.filter((source) => source.startsWith("node_modules/"));
  expect(theirs.filter((source) => !PACKAGES.test(source))).toEqual([]);

  const withoutMap = code.slice(0, code.lastIndexOf("//# sourceMappingURL="));
  expect(withoutMap.length).toBeLessThan(CODE_BYTES_MAX);
});

function sourcesOf(code: string): readonly string[] {
  const [, base64 = ""] =
    /sourceMappingURL=data:application\/json;[^,]*base64,(\S+)/.exec(code) ?? [];
  const map = JSON.parse(Buffer.from(base64, "base64").toString()) as { sources: string[] };
  return map.sources
    .map((source) => (source.startsWith("/") ? relative(ROOT, source) : source))
    .filter((source) => !NOT_FILES.test(source));
}
