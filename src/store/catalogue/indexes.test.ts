import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { AttemptQuery, Catalogue, MessageQuery } from "../catalogue.ts";
import { migrateSqlite } from "../migrate.ts";
import { createSealedEndpoint } from "../sealed-endpoint.ts";
import { createSealer } from "../sealed.ts";
import { createSqliteKysely } from "../sqlite/kysely-dialect.ts";
import { createCatalogue } from "./catalogue.ts";

const PAGE = { limit: 50, order: "descending" } as const;
const MESSAGES: MessageQuery = { ...PAGE, withPayload: true };
const ATTEMPTS: AttemptQuery = { ...PAGE, withResponse: true, withMessage: false };
const SPAN = { after: "m", idFrom: "a", idBelow: "z" };
const FILTERS = { channel: "c", eventTypes: ["a", "b"] };

type Read = (catalogue: Catalogue) => Promise<unknown>;

const LISTS: readonly [string, string, Read][] = [
  [
    "applications",
    "application_by_organization",
    ({ applications }) => applications.list("o", PAGE),
  ],
  [
    "an application by uid",
    "application_by_uid",
    ({ applications }) => applications.find("o", "u"),
  ],
  ["endpoints", "endpoint_by_application", ({ endpoints }) => endpoints.list("a", PAGE)],
  [
    "event types",
    "PRIMARY KEY",
    ({ eventTypes }) => eventTypes.list("o", { ...PAGE, includeArchived: false }),
  ],
  ["messages", "message_by_application", ({ messages }) => messages.list("a", MESSAGES)],
  [
    "messages, filtered",
    "message_by_application",
    ({ messages }) => messages.list("a", { ...MESSAGES, ...SPAN, ...FILTERS }),
  ],
  [
    "a message by event id",
    "message_by_event_id",
    ({ messages }) => messages.find("a", "e", false),
  ],
  [
    "messages of an endpoint, filtered",
    "delivery_by_endpoint",
    ({ messages }) =>
      messages.listByEndpoint("e", { ...MESSAGES, ...SPAN, ...FILTERS, status: "failed" }),
  ],
  ["deliveries", "PRIMARY KEY", ({ messages }) => messages.deliveries("m")],
  [
    "attempts of an endpoint",
    "attempt_by_endpoint",
    ({ attempts }) => attempts.listByEndpoint("e", { ...ATTEMPTS, ...SPAN, ...FILTERS }),
  ],
  [
    "failed attempts of an endpoint",
    "attempt_failed_by_endpoint",
    ({ attempts }) => attempts.listByEndpoint("e", { ...ATTEMPTS, succeeded: false }),
  ],
  [
    "attempts of a message",
    "attempt_by_message",
    ({ attempts }) => attempts.listByMessage("m", { ...ATTEMPTS, ...SPAN, succeeded: false }),
  ],
];

test.each(LISTS)("%s are served, in order, by %s", async (_, index, read) => {
  const plan = await planOf(read);
  expect(plan[0]).toMatch(new RegExp(`^SEARCH .* USING .*${index}`));
  expect(plan.join("\n")).not.toContain("USE TEMP B-TREE");
});

test("attempts are counted by the indexes of their endpoint", async () => {
  const plan = await planOf(({ attempts }) => attempts.count("e", { idFrom: "a", idBelow: "z" }));
  expect(plan.filter((line) => line.startsWith("SEARCH"))).toEqual([
    expect.stringContaining("USING INDEX attempt_failed_by_endpoint"),
    expect.stringContaining("USING COVERING INDEX attempt_by_endpoint"),
  ]);
});

/** How SQLite reads what `read` asks for. */
async function planOf(read: Read): Promise<readonly string[]> {
  const database = new DatabaseSync(":memory:");
  migrateSqlite(database);
  const statements: string[] = [];
  const prepare = database.prepare.bind(database);
  database.prepare = (sql, ...rest) => {
    statements.push(sql);
    return prepare(sql, ...rest);
  };
  const sealed = createSealedEndpoint(createSealer(["a key for tests"]));
  await read(createCatalogue({ db: createSqliteKysely(database), sealed }));
  return statements.flatMap((sql) =>
    prepare(`explain query plan ${sql}`)
      .all()
      .map((row) => String(row["detail"])),
  );
}
