import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { documentHash } from "../../tools/portal/openapi.ts";
import { ROOT } from "../project/source-imports.ts";

test("the portal's types are those of the API as it is: else run `npm run portal:types`", () => {
  const types = readFileSync(join(ROOT, "portal/src/api/schema.d.ts"), "utf8");
  expect(types.split("\n")[0]).toBe(`// Of the API's document ${documentHash()}`);
});
