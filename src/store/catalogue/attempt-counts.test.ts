import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { migrateSqlite } from "../migrate.ts";
import { createSqliteKysely } from "../sqlite/kysely-dialect.ts";
import { turnsUntil } from "../testing/turns-until.ts";
import { countAttempts } from "./attempt-counts.ts";

/** Every second one succeeded; the others failed with 500, or had no answer. */
const ATTEMPTS = `
  with recursive numbers (i) as (select 1 union all select i + 1 from numbers where i < ?)
  insert into attempt select printf('atmpt_%027d', i), 'm', 'e', 'a', 't', 1, 'scheduled', '',
    i % 2, iif(i % 2, 200, i % 4 / 2 * 500), null, '', 1, 1, null, null from numbers`;

test.each([39_999, 40_000, 40_001])("%d attempts are counted, none twice", async (many) => {
  const database = new DatabaseSync(":memory:");
  migrateSqlite(database);
  database.prepare(ATTEMPTS).run(many);
  const { kysely } = createSqliteKysely(database);
  const succeeded = Math.ceil(many / 2);
  expect(await countAttempts(kysely, "e", {})).toEqual({ succeeded, failed: many - succeeded });
  const all = { idFrom: `atmpt_${"0".repeat(26)}1`, idBelow: `atmpt_${"0".repeat(26)}3` };
  expect(await countAttempts(kysely, "e", all)).toEqual({ succeeded: 1, failed: 1 });
});

test("others are served while many are counted", async () => {
  const database = new DatabaseSync(":memory:");
  migrateSqlite(database);
  database.prepare(ATTEMPTS).run(100_000);
  const counting = countAttempts(createSqliteKysely(database).kysely, "e", {});
  expect(await turnsUntil(counting)).toBeGreaterThan(20);
});
