import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { Revocation } from "../catalogue-tokens.ts";
import { migrateSqlite } from "../migrate.ts";
import { createSqliteKysely } from "../sqlite/kysely-dialect.ts";
import { createTokens } from "./tokens.ts";

const TOKEN = {
  id: "t",
  organizationId: "org_o",
  applicationId: "a",
  sessionId: "s",
  issuedAtMs: 1,
  expiresAtMs: null,
};

function openDatabase(): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  migrateSqlite(database);
  return database;
}

test("whether a token is good is answered by one statement, from two indexes", async () => {
  const database = openDatabase();
  const statements: string[] = [];
  const prepare = database.prepare.bind(database);
  database.prepare = (sql, ...rest) => {
    statements.push(sql);
    return prepare(sql, ...rest);
  };
  await createTokens(createSqliteKysely(database)).isGood(TOKEN, 2);
  expect(statements.length).toBe(1);
  const plan = prepare(`explain query plan ${statements[0]}`).all();
  const steps = plan.map((row) => String(row["detail"])).filter((step) => /SEARCH|SCAN/.test(step));
  expect(steps).toEqual([
    expect.stringMatching(/^SEARCH application USING .*\(id=\?\)/),
    expect.stringMatching(
      /^SEARCH token_revocation USING PRIMARY KEY \(application_id=\? AND subject=\? AND issued/,
    ),
  ]);
});

test("of revocations made again and again only those are kept that say something", async () => {
  const database = openDatabase();
  const tokens = createTokens(createSqliteKysely(database));
  const revoke = (minute: number, delayMinutes: number) => {
    const nowMs = minute * 60_000;
    const revocation: Revocation = {
      applicationId: "a",
      tokens: { kind: "all" },
      issuedUntilMs: nowMs,
      effectiveAtMs: nowMs + delayMinutes * 60_000,
    };
    return tokens.revoke(revocation, nowMs);
  };
  const kept = () =>
    database
      .prepare("select issued_until_ms / 60000 as minute from token_revocation order by minute")
      .all()
      .map((row) => row["minute"]);

  for (const minute of [1, 2, 3, 4, 5]) await revoke(minute, 2);
  // The third is in effect and says more than the first two; the last two wait.
  expect(kept()).toEqual([3, 4, 5]);
  await revoke(6, 0);
  expect(kept()).toEqual([6]);
});
