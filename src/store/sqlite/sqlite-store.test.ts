import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeStore } from "../conformance/describe-store.ts";
import type { TestDatabase } from "../conformance/test-database.ts";
import { createSealer } from "../sealed.ts";
import { createSqliteStore } from "./sqlite-store.ts";

describeStore("SQLite", async (): Promise<TestDatabase> => {
  const directory = mkdtempSync(join(tmpdir(), "posthorn-sqlite-"));
  const file = join(directory, "posthorn.db");
  const sealer = createSealer(["a key for tests"]);
  return {
    open: async () => createSqliteStore({ file, sealer }),
    contents: async () =>
      Buffer.concat(readdirSync(directory).map((name) => readFileSync(join(directory, name)))),
    drop: async () => rmSync(directory, { recursive: true }),
  };
});
