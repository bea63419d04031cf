import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { migrateSqlite } from "../migrate.ts";
import { createSqliteKysely } from "../sqlite/kysely-dialect.ts";
import { turnsUntil } from "../testing/turns-until.ts";
import { createStatistics } from "./statistics.ts";

const ATTEMPTS = `
  with recursive numbers (i) as (select 1 union all select i + 1 from numbers where i < ?1)
  insert into attempt (id, message_id, endpoint_id, application_id, event_type, number, trigger,
    url, succeeded, status_code, response, duration_ms, ended_at_ms)
  select printf('atmpt_%027d', i), 'm', 'e', 'a', 't', 1, 'scheduled', '', i % 2, 200, '', 1,
    cast(i / ?2 as integer)
  from numbers`;
const ALL = { fromMs: 0, untilMs: 1_000_000 };

function attempts(many: number, eachMs: number) {
  const database = new DatabaseSync(":memory:");
  migrateSqlite(database);
  database.prepare(ATTEMPTS).run(many, eachMs);
  return { database, statistics: createStatistics(createSqliteKysely(database)) };
}

test.each([
  [8_999, 1],
  [9_000, 1],
  [9_001, 7],
  [10_000, 20_000],
])("%d attempts, %d in each millisecond, are counted, none twice", async (many, eachMs) => {
  const { statistics } = attempts(many, eachMs);
  const expected = { succeeded: Math.ceil(many / 2), failed: Math.floor(many / 2) };
  expect(await statistics.byEventType("a", ALL)).toEqual(new Map([["t", expected]]));
  const periods = await statistics.byPeriod("a", ALL, 1_000);
  const sum = [...periods.values()].reduce((all, one) => all + one.succeeded + one.failed, 0);
  expect(sum).toBe(many);
  expect([...periods.keys()].filter((key) => key % 1_000 !== 0)).toEqual([]);
});

test("others are served while many are counted", async () => {
  const { statistics } = attempts(100_000, 1);
  expect(await turnsUntil(statistics.byEventType("a", ALL))).toBeGreaterThan(5);
});

test("attempts are counted from their index alone", async () => {
  const { database, statistics } = attempts(1, 1);
  const statements: string[] = [];
  const prepare = database.prepare.bind(database);
  database.prepare = (sql, ...rest) => {
    statements.push(sql);
    return prepare(sql, ...rest);
  };
  await statistics.byEventType("a", { ...ALL, eventTypes: ["t", "u"] });
  await statistics.byPeriod("a", ALL, 1_000);
  expect(statements.length).toBeGreaterThanOrEqual(3);
  for (const sql of statements) {
    const [read] = prepare(`explain query plan ${sql}`).all();
    expect(read?.["detail"]).toContain("SEARCH attempt USING COVERING INDEX attempt_by_time");
  }
});
