import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { createDatabase } from "../../test/support/postgres.ts";
import { labelsOf } from "./labels.ts";
import { migratePostgres, migrateSqlite } from "./migrate.ts";
import { connectPostgres } from "./postgres/connect.ts";

const MIGRATIONS = new URL("./migrations/", import.meta.url);
/** The last migration that knew no labels. */
const BEFORE = 3;
const CREATE_TABLE = `
  create table schema_migration (version integer primary key, name text, applied_at_ms bigint)`;

const ROWS = [
  `insert into message (id, application_id, event_type, channels, tags) values
    ('m1', 'a', 'letter.sent', '["north", "south"]', '["vip"]'),
    ('m2', 'a', 'parcel.sent', null, null)`,
  `insert into delivery (message_id, endpoint_id, application_id, state, attempts_made, lease_until_ms)
  values ('m1', 'e', 'a', 'succeeded', 1, 0), ('m2', 'e', 'a', 'pending', 0, 0)`,
  `insert into attempt (id, message_id, endpoint_id, application_id, event_type, number, trigger, url,
    succeeded, status_code, response, duration_ms, ended_at_ms)
  values ('t1', 'm1', 'e', 'a', 'letter.sent', 1, 'scheduled', '', '1', 200, 'ok', 1, 1)`,
];

const KEPT: readonly [string, readonly object[]][] = [
  [
    "select message_id, event_type from delivery order by message_id",
    [
      { message_id: "m1", event_type: "letter.sent" },
      { message_id: "m2", event_type: "parcel.sent" },
    ],
  ],
  ["select label from message_label where application_id = 'a' and message_id = 'm1'", labels()],
  ["select label from delivery_label where endpoint_id = 'e' and message_id = 'm1'", labels()],
  ["select label from attempt_label where endpoint_id = 'e' and attempt_id = 't1'", labels()],
  [
    "select id, message_id, response from attempt",
    [{ id: "t1", message_id: "m1", response: "ok" }],
  ],
];

const postgresUrl = inject("postgresUrl");

describe("labels", () => {
  it("are a message's channels and tags, each once", () => {
    const message = { channels: ["north", "north"], tags: ["north"] };
    expect(labelsOf(message)).toEqual(["channel:north", "tag:north"]);
    expect(labelsOf({ channels: null, tags: null })).toEqual([]);
  });

  it("are given to what SQLite kept before there were any", () => {
    const database = new DatabaseSync(":memory:");
    for (const sql of [CREATE_TABLE, ...migrationsBefore("sqlite"), ...ROWS]) database.exec(sql);
    migrateSqlite(database);
    for (const [sql, rows] of KEPT) expect(database.prepare(sql).all()).toEqual(rows);
  });

  it.skipIf(postgresUrl === null)("are given to what Postgres kept", async () => {
    const database = await createDatabase(postgresUrl ?? "");
    onTestFinished(async () => database.drop());
    const client = await connectPostgres(database.url);
    onTestFinished(async () => client.end());
    for (const sql of [CREATE_TABLE, ...migrationsBefore("postgres"), ...ROWS]) {
      await client.query(sql);
    }
    await migratePostgres(client);
    for (const [sql, rows] of KEPT) expect((await client.query(sql)).rows).toEqual(rows);
  });
});

function labels(): readonly object[] {
  return ["channel:north", "channel:south", "tag:vip"].map((label) => ({ label }));
}

function migrationsBefore(dialect: "sqlite" | "postgres"): readonly string[] {
  return readdirSync(MIGRATIONS)
    .filter((file) => file.endsWith(`.${dialect}.sql`) && Number(file.slice(0, 4)) <= BEFORE)
    .toSorted()
    .flatMap((file) => [
      readFileSync(new URL(file, MIGRATIONS), "utf8"),
      `insert into schema_migration values (${Number(file.slice(0, 4))}, 'before', 0)`,
    ]);
}
