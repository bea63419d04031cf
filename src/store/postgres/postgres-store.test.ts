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
        const rows = TABLES.map(async (table) => {
          const result = await client.query(`select t::text as row from ${table} t`);
          return result.rows.map(({ row }) => String(row)).join("\n");
        });
        return Buffer.from((await Promise.all(rows)).join("\n"));
      },
      async drop() {
        await client.end();
        await database.drop();
      },
    };
  });
});
