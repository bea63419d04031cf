import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { migrateSqlite } from "../migrate.ts";
import { createSqliteKysely } from "../sqlite/kysely-dialect.ts";
import { createExpiry } from "./expiry.ts";

test.each([
  ["payloads", "message_to_expire"],
  ["calls", "idempotent_call_to_expire"],
  ["plays", "play_to_expire"],
] as const)("%s that have expired are found by %s", async (what, index) => {
  const database = new DatabaseSync(":memory:");
  migrateSqlite(database);
  const statements: string[] = [];
  const prepare = database.prepare.bind(database);
  database.prepare = (sql, ...rest) => {
    statements.push(sql);
    return prepare(sql, ...rest);
  };
  await createExpiry(createSqliteKysely(database))[what](1, 500);
  const plan = statements.flatMap((sql) => prepare(`explain query plan ${sql}`).all());
  const steps = plan.map((row) => String(row["detail"])).join("\n");
  expect(steps).toContain(index);
  expect(steps).not.toContain("SCAN");
  expect(steps).not.toContain("USE TEMP B-TREE");
});
