import { describe, expect, inject, test } from "vitest";
import { createDatabase } from "../../../test/support/postgres.ts";
import { aMessage, createApplication, createEndpoint } from "../conformance/fixtures.ts";
import { describeStore } from "../conformance/describe-store.ts";
import type { TestDatabase } from "../conformance/test-database.ts";
import { migratePostgres } from "../migrate.ts";
import { createSealer } from "../sealed.ts";
import { connectPostgres } from "./connect.ts";
import { createPostgresStore } from "./postgres-store.ts";

const postgresUrl = inject("postgresUrl");
const TABLES = [
  "application",
  "endpoint",
  "event_type",
  "message",
  "delivery",
  "attempt",
  "idempotent_call",
];

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

  test("a secret that cannot be opened fails its own message, not those that came with it", async () => {
    const { url, drop } = await createDatabase(postgresUrl ?? "");
    const client = await connectPostgres(url);
    await migratePostgres(client);
    await client.end();
    const open = (key: string) =>
      createPostgresStore({ databaseUrl: url, sealer: createSealer([key]) });
    const [store, other] = [await open("a key for tests"), await open("another key")];
    const application = await createApplication(store);
    await createEndpoint(store, application);
    const unreadable = await createApplication(store);
    await createEndpoint(other, unreadable);

    const [fine, broken] = [aMessage(application), aMessage(unreadable)];
    const accepted = await Promise.allSettled([fine, broken].map((one) => store.accept(one)));
    expect(accepted.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    const pending = await store.pendingDeliveries([fine.id, broken.id]);
    const lease = { holder: "raven", nowMs: 0, untilMs: 1 };
    const claimed = await Promise.allSettled(pending.map((one) => store.claim([one], lease)));
    const claimable = pending.filter((_one, i) => claimed[i]?.status === "fulfilled");
    expect(claimable).toMatchObject([{ messageId: fine.id }]);
    await Promise.all([store.close(), other.close()]);
    await drop();
  });
});
