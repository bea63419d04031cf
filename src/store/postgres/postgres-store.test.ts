import { describe, inject } from "vitest";
import { createDatabase } from "../../../test/support/postgres.ts";
import { describeStore } from "../conformance/describe-store.ts";
import type { TestDatabase } from "../conformance/test-database.ts";
import { migratePostgres } from "../migrate.ts";
import { createSealer } from "../sealed.ts";
import { connectPostgres } from "./connect.ts";
import { createPostgresStore } from "./postgres-store.ts";

const postgresUrl = inject("postgresUrl");
const TABLES = ["application", "endpoint", "event_type", "message", "delivery", "attempt"];

describe.skipIf(postgresUrl === null)("with a server", () => {
  describeStore("Postgres", async (): Promise<TestDatabase> => {
    const database = await createDatabase(postgresUrl ?? "");
    const client = await connectPostgres(database.url);
    await migratePostgres(client);
    const sealer = createSealer(["a key for tests"]);
    return {
      open: async () => createPostgresStore({ databaseUrl: database.url, sealer }),
      async contents() {
        const rows = TABLES.map((table) => `select t::text as row from ${table} t`);
        const result = await client.query(rows.join(" union all "));
        return Buffer.from(result.rows.map(({ row }) => String(row)).join("\n"));
      },
      async drop() {
        await client.end();
        await database.drop();
      },
    };
  });
});
