import { beforeAll, expect, test } from "vitest";
import type { NewEndpoint, PageQuery } from "../catalogue.ts";
import { newId } from "../new-id.ts";
import type { Opened } from "./test-database.ts";
import {
  aMessage,
  aSuccess,
  attemptsOf,
  createApplication,
  createEndpoint,
  NOW_MS,
} from "./fixtures.ts";

const URLS = ["https://a.example/", "https://b.example/", "https://c.example/"];

export function destinationCases(opened: () => Opened): void {
  let messageId: string;
  const endpoints: NewEndpoint[] = [];
  beforeAll(async () => {
    const { store } = opened();
    const application = await createApplication(store);
    for (const [i, url] of URLS.entries()) {
      const id = newId("ep", NOW_MS + i * 1_000);
      endpoints.push(await createEndpoint(store, application, { id, url, uid: `uid-${i}` }));
    }
    const message = aMessage(application);
    const attempts = attemptsOf(await store.accept(message));
    const second = attempts.find(({ endpointId }) => endpointId === endpoints[1]?.id);
    if (second === undefined) expect.unreachable();
    await store.record(aSuccess(second));
    await store.accept(aMessage(application));
    messageId = message.id;
  });

  async function read(changes: Partial<PageQuery> = {}) {
    const query = { limit: 10, order: "ascending", ...changes } as const;
    const page = await opened().store.deliveries.listByMessage(messageId, query);
    return { urls: page.rows.map(({ endpoint }) => endpoint.url), hasMore: page.hasMore };
  }

  test("is each of its endpoints, with how it fares there", async () => {
    const query = { limit: 10, order: "ascending" } as const;
    const { rows } = await opened().store.deliveries.listByMessage(messageId, query);
    expect(rows.map(({ endpoint, delivery }) => [endpoint.uid, delivery.state])).toEqual([
      ["uid-0", "pending"],
      ["uid-1", "succeeded"],
      ["uid-2", "pending"],
    ]);
    const { headers: _, secrets: __, ...shown } = endpoints[1] ?? expect.unreachable();
    expect(rows[1]?.endpoint).toEqual(shown);
    expect(rows[1]?.delivery).toMatchObject({ messageId, endpointId: shown.id, attemptsMade: 1 });
  });

  test("is read in pages, forwards and backwards", async () => {
    const [first, , last] = endpoints.map(({ id }) => id);
    if (first === undefined || last === undefined) expect.unreachable();
    expect(await read({ limit: 2 })).toEqual({ urls: URLS.slice(0, 2), hasMore: true });
    expect(await read({ limit: 2, after: first })).toEqual({ urls: URLS.slice(1), hasMore: false });
    expect(await read({ limit: 1, before: last })).toEqual({ urls: [URLS[1]], hasMore: true });
    expect(await read({ before: first })).toEqual({ urls: [], hasMore: false });
  });

  test("is shown as it was, once it was deleted", async () => {
    const [gone] = endpoints;
    if (gone === undefined) expect.unreachable();
    await opened().store.endpoints.remove(gone.id, NOW_MS);
    expect((await read()).urls).toEqual(URLS);
  });
}
