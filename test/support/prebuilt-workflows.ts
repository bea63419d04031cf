import { registerHooks } from "node:module";

const BUNDLER = "/src/temporal/bundle.ts";

// For a process that a test runs with `--import`: the workflows were bundled once for the whole run.
const file = process.env["POSTHORN_TEST_BUNDLE"] ?? "";
if (file !== "") {
  registerHooks({
    load(url, context, nextLoad) {
      if (!url.endsWith(BUNDLER)) return nextLoad(url, context);
      const source = `import { readFile } from "node:fs/promises";
        export const bundleWorkflows = async () => ({
          code: await readFile(${JSON.stringify(file)}, "utf8"),
        });`;
      return { format: "module", shortCircuit: true, source };
    },
  });
}
