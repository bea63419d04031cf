import { beforeAll, describe, expect, test } from "vitest";
import type { Page, PageQuery } from "../catalogue.ts";
import { newId } from "../new-id.ts";
import type { Store } from "../store.ts";
import type { Opened } from "./test-database.ts";
import {
  acceptOne,
  aMessage,
  anEventType,
  aRecord,
  createApplication,
  createEndpoint,
  NOW_MS,
} from "./fixtures.ts";

const ROWS = 5;
const LIMIT = 2;
export const TIMES_MS = Array.from({ length: ROWS }, (_, i) => NOW_MS + i * 1_000);

export type List = {
  readonly name: string;
  /** Makes five rows; returns how to read a page of their keys. */
  readonly fill: (store: Store) => Promise<(query: PageQuery) => Promise<Page<string>>>;
};

const LISTS: readonly List[] = [
  { name: "applications", fill: fillApplications },
  { name: "endpoints", fill: fillEndpoints },
  { name: "event types", fill: fillEventTypes },
  { name: "messages", fill: fillMessages },
  { name: "messages of an endpoint", fill: fillEndpointMessages },
  { name: "attempts", fill: fillAttempts },
];

export function pageCases(opened: () => Opened, lists: readonly List[] = LISTS): void {
  describe.each(lists)("$name", ({ fill }) => {
    let read: (query: PageQuery) => Promise<Page<string>>;
    let ascending: readonly string[];
    beforeAll(async () => {
      read = await fill(opened().store);
      ascending = (await read({ limit: 250, order: "ascending" })).rows;
    });

    describe.each(["ascending", "descending"] as const)("%s", (order) => {
      const all = () => (order === "ascending" ? ascending : ascending.toReversed());

      test("a page that is as long as the list has nothing after it", async () => {
        expect(await read({ limit: ROWS, order })).toEqual({ rows: all(), hasMore: false });
        expect(await read({ limit: ROWS - 1, order })).toMatchObject({ hasMore: true });
        expect(ascending).toEqual([...new Set(ascending)].sort());
      });

      test("forwards, pages follow each other to the end", async () => {
        const first = await read({ limit: LIMIT, order });
        const second = await read({ limit: LIMIT, order, after: lastOf(first) });
        const third = await read({ limit: LIMIT, order, after: lastOf(second) });
        const rows = [first, second, third].flatMap((page) => page.rows);
        expect(rows).toEqual(all());
        expect([first, second, third].map(({ hasMore }) => hasMore)).toEqual([true, true, false]);
      });

      test("backwards, pages come in the list's order all the same", async () => {
        const before = all().at(-1) ?? "";
        const last = await read({ limit: LIMIT, order, before });
        expect(last).toEqual({ rows: all().slice(2, 4), hasMore: true });
        const first = await read({ limit: LIMIT, order, before: last.rows[0] ?? "" });
        expect(first).toEqual({ rows: all().slice(0, 2), hasMore: false });
      });
    });
  });
}

function lastOf(page: Page<string>): string {
  return page.rows.at(-1) ?? "";
}

export function keys<Row>(page: Page<Row>, keyOf: (row: Row) => string): Page<string> {
  return { ...page, rows: page.rows.map(keyOf) };
}

async function fillApplications(store: Store) {
  for (const timeMs of TIMES_MS.toReversed()) {
    await createApplication(store, { id: newId("app", timeMs), organizationId: "org_pages" });
  }
  return async (query: PageQuery) =>
    keys(await store.applications.list("org_pages", query), ({ id }) => id);
}

async function fillEndpoints(store: Store) {
  const application = await createApplication(store);
  for (const timeMs of TIMES_MS.toReversed()) {
    await createEndpoint(store, application, { id: newId("ep", timeMs) });
  }
  return async (query: PageQuery) =>
    keys(await store.endpoints.list(application.id, query), ({ id }) => id);
}

async function fillEventTypes(store: Store) {
  // Byte by byte: capitals before small letters, whatever the database's language is.
  for (const name of ["b", "B", "a.b", "a_b", "ab"]) {
    await store.eventTypes.create(anEventType("org_pages", { name }));
  }
  return async (query: PageQuery) =>
    keys(
      await store.eventTypes.list("org_pages", { ...query, includeArchived: false }),
      ({ name }) => name,
    );
}

async function fillMessages(store: Store) {
  const application = await createApplication(store);
  for (const timeMs of TIMES_MS.toReversed()) {
    await store.accept(aMessage(application, { id: newId("msg", timeMs) }));
  }
  return async (query: PageQuery) =>
    keys(
      await store.messages.list(application.id, { ...query, withPayload: false }),
      ({ id }) => id,
    );
}

async function fillEndpointMessages(store: Store) {
  const application = await createApplication(store);
  const { id } = await createEndpoint(store, application);
  await createEndpoint(store, application);
  for (const timeMs of TIMES_MS.toReversed()) {
    await store.accept(aMessage(application, { id: newId("msg", timeMs) }));
  }
  return async (query: PageQuery) =>
    keys(
      await store.messages.listByEndpoint(id, { ...query, withPayload: false }),
      ({ message }) => message.id,
    );
}

async function fillAttempts(store: Store) {
  const { endpoint, attempt } = await acceptOne(store);
  for (const timeMs of TIMES_MS.toReversed()) {
    await store.record(aRecord(attempt, { id: newId("atmpt", timeMs) }));
  }
  const content = { withResponse: false, withMessage: false };
  return async (query: PageQuery) =>
    keys(
      await store.attempts.listByEndpoint(endpoint.id, { ...query, ...content }),
      ({ attempt }) => attempt.id,
    );
}
