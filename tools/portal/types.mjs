// `npm run portal:types`: makes the types of the portal's API client from our OpenAPI document.
// The generator needs TypeScript 5, which we do not have: so npx gets both, into its own cache.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../paths.mjs";
import { documentForTypes, documentHash } from "./openapi.ts";

const PACKAGES = ["openapi-typescript@7.13.0", "typescript@5.9.3"];
const TYPES = join(root, "portal/src/api/schema.d.ts");

const directory = mkdtempSync(join(tmpdir(), "portal-types-"));
try {
  writeFileSync(join(directory, "package.json"), "{}");
  writeFileSync(join(directory, "openapi.json"), documentForTypes());
  const packages = PACKAGES.flatMap((name) => ["--package", name]);
  const generate = ["openapi-typescript", "openapi.json", "--output", "schema.d.ts"];
  const options = ["--root-types", "--root-types-no-schema-prefix"];
  execFileSync("npx", ["--yes", ...packages, ...generate, ...options], {
    cwd: directory,
    stdio: ["ignore", 2, 2],
  });
  const types = readFileSync(join(directory, "schema.d.ts"), "utf8");
  writeFileSync(TYPES, `// Of the API's document ${documentHash()}\n${types}`);
  console.error("posthorn: wrote portal/src/api/schema.d.ts");
} finally {
  rmSync(directory, { recursive: true, force: true });
}
