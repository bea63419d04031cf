import { beforeAll, describe, expect, test } from "vitest";
import type { Message } from "../../domain/records.ts";
import type { PageQuery } from "../catalogue.ts";
import { newId } from "../new-id.ts";
import type { Store } from "../store.ts";
import {
  acceptOne,
  aMessage,
  aRecord,
  attemptsOf,
  createApplication,
  createEndpoint,
  NOW_MS,
} from "./fixtures.ts";
import type { Opened } from "./test-database.ts";

const MEBIBYTE = 1_024 * 1_024;
/** In mebibytes, oldest first: a page has 16, or one row. */
const SIZES = [5, 5, 5, 6, 17];
const QUERY = { limit: 250, order: "ascending" } as const;
const CONTENT = { withPayload: true, withResponse: true, withMessage: true };

type Row = { readonly id: string; readonly size: number };
type Sized = { readonly rows: readonly Row[]; readonly hasMore: boolean };
type Ids = { readonly applicationId: string; readonly endpointId: string };
type Read = (store: Store, ids: Ids, query: PageQuery) => Promise<Sized>;

const LISTS: readonly (readonly [string, Read])[] = [
  [
    "messages",
    async ({ messages }, { applicationId }, query) => {
      const { rows, hasMore } = await messages.list(applicationId, { ...query, ...CONTENT });
      return { rows: rows.map((row) => sized(row.id, row)), hasMore };
    },
  ],
  [
    "an endpoint's messages",
    async ({ messages }, { endpointId }, query) => {
      const { rows, hasMore } = await messages.listByEndpoint(endpointId, { ...query, ...CONTENT });
      return { rows: rows.map(({ message }) => sized(message.id, message)), hasMore };
    },
  ],
  [
    "an endpoint's attempts, with their messages",
    async ({ attempts }, { endpointId }, query) => {
      const { rows, hasMore } = await attempts.listByEndpoint(endpointId, { ...query, ...CONTENT });
      return { rows: rows.map(({ attempt, message }) => sized(attempt.id, message)), hasMore };
    },
  ],
];

export function largePayloadCases(opened: () => Opened): void {
  let ids: Ids;
  beforeAll(async () => {
    ids = await fill(opened().store);
  });

  describe.each(LISTS)("%s", (_, read) => {
    const page = async (query: Partial<PageQuery>) =>
      read(opened().store, ids, { ...QUERY, ...query });
    const sizes = async (query: Partial<PageQuery>) => {
      const { rows, hasMore } = await page(query);
      return [...rows.map(({ size }) => size), hasMore];
    };
    const idAt = async (index: number): Promise<string> => {
      const after = index === 0 ? {} : { after: await idAt(index - 1) };
      const [row] = (await page({ limit: 1, ...after })).rows;
      return row?.id ?? expect.unreachable();
    };

    test("a page ends where the next payload is too much", async () => {
      expect(await sizes({})).toEqual([5, 5, 5, true]);
      expect(await sizes({ limit: 3 })).toEqual([5, 5, 5, true]);
      expect(await sizes({ limit: 2 })).toEqual([5, 5, true]);
      expect(await sizes({ after: await idAt(2) })).toEqual([6, true]);
    });

    test("a payload that is more than a page is a page", async () => {
      expect(await sizes({ after: await idAt(3) })).toEqual([17, false]);
      expect(await sizes({ order: "descending" })).toEqual([17, true]);
    });

    test("backwards, the rows nearest to where it ends stay", async () => {
      expect(await sizes({ before: await idAt(4) })).toEqual([5, 5, 6, true]);
      expect(await sizes({ before: await idAt(3) })).toEqual([5, 5, 5, false]);
      const descending = { order: "descending", before: await idAt(0) } as const;
      expect(await sizes(descending)).toEqual([6, 5, 5, true]);
    });
  });

  test("a page without payloads is as long as it was asked for", async () => {
    const query = { ...QUERY, withPayload: false };
    const { rows } = await opened().store.messages.list(ids.applicationId, query);
    expect(rows).toHaveLength(SIZES.length);
  });
}

export function repeatedPayloadCases(opened: () => Opened): void {
  test("each of a message's attempts carries its payload", async () => {
    const { attempts, record } = opened().store;
    const payload = Buffer.alloc(5 * MEBIBYTE, "x");
    const { attempt } = await acceptOne(opened().store, { payload });
    for (let number = 1; number <= 4; number++) {
      await record(aRecord(attempt, { id: newId("atmpt", NOW_MS + number), number }));
    }
    const query = { ...QUERY, ...CONTENT };
    const { rows, hasMore } = await attempts.listByMessage(attempt.messageId, query);
    expect(rows.map(({ message }) => sized("", message).size)).toEqual([5, 5, 5]);
    expect(hasMore).toBe(true);
    const without = { ...query, withMessage: false };
    expect((await attempts.listByMessage(attempt.messageId, without)).rows).toHaveLength(4);
  });
}

async function fill(store: Store): Promise<Ids> {
  const application = await createApplication(store);
  const endpoint = await createEndpoint(store, application);
  for (const [i, size] of SIZES.entries()) {
    const at = NOW_MS + 100 * i;
    const payload = Buffer.alloc(size * MEBIBYTE, "x");
    const message = aMessage(application, { id: newId("msg", at), payload });
    const [attempt] = attemptsOf(await store.accept(message));
    if (attempt === undefined) throw new Error("no attempt to make");
    await store.record(aRecord(attempt, { id: newId("atmpt", at) }));
  }
  return { applicationId: application.id, endpointId: endpoint.id };
}

function sized(id: string, message: Message | null): Row {
  return { id, size: (message?.payload?.length ?? 0) / MEBIBYTE };
}
