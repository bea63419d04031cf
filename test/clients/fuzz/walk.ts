import { expect } from "vitest";
import type { Installation } from "../../support/installation.ts";

/** Small, so that lists have more than one page. */
const PAGE = 20;

type Item = { readonly id: string; readonly name: string; readonly msgId: string };
type Page = {
  readonly data: readonly Item[];
  readonly iterator: string | null;
  readonly done: boolean;
};

/** Reads every list to its end, and all that it names by its id. Throws at the first other answer than 200. */
export async function walkEverything({ url, token }: Installation): Promise<void> {
  async function get<Body>(path: string): Promise<Body> {
    const answer = await fetch(`${url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([path, answer.status, answer.ok || (await answer.text())]).toEqual([path, 200, true]);
    return (await answer.json()) as Body;
  }

  async function* list(path: string): AsyncGenerator<Item> {
    const seen = new Set<string>();
    for (let iterator: string | null = null, done = false; !done;) {
      const next = iterator === null ? "" : `&iterator=${encodeURIComponent(iterator)}`;
      const page: Page = await get(`${path}${path.includes("?") ? "&" : "?"}limit=${PAGE}${next}`);
      for (const item of page.data) {
        const key = item.id ?? item.name;
        expect(seen.has(key), `${path} lists ${key} twice`).toBe(false);
        seen.add(key);
        yield item;
      }
      ({ iterator, done } = page);
    }
  }

  for await (const { id } of list("/app")) {
    await get(`/app/${id}`);
    await walkApplication(`/app/${id}`);
  }
  for await (const { id } of list("/operational-webhook/endpoint")) {
    await get(`/operational-webhook/endpoint/${id}`);
    await get(`/operational-webhook/endpoint/${id}/secret`);
  }
  for await (const { id } of list("/background-task")) await get(`/background-task/${id}`);
  for await (const { name } of list("/event-type?include_archived=true")) {
    await get(`/event-type/${encodeURIComponent(name)}`);
  }

  async function walkApplication(app: string): Promise<void> {
    for await (const endpoint of list(`${app}/endpoint`)) {
      await get(`${app}/endpoint/${endpoint.id}`);
      await get(`${app}/endpoint/${endpoint.id}/secret`);
      await get(`${app}/endpoint/${endpoint.id}/headers`);
      await get(`${app}/endpoint/${endpoint.id}/stats`);
      for await (const message of list(`${app}/endpoint/${endpoint.id}/msg`)) {
        await get(`${app}/msg/${message.id}`);
      }
      for await (const { id, msgId } of list(`${app}/attempt/endpoint/${endpoint.id}`)) {
        await get(`${app}/msg/${msgId}/attempt/${id}`);
        await get(`${app}/msg/${msgId}/attempt/${id}/headers`);
      }
    }
    for await (const message of list(`${app}/msg`)) {
      await get(`${app}/msg/${message.id}`);
      for await (const attempt of list(`${app}/attempt/msg/${message.id}`)) {
        await get(`${app}/msg/${message.id}/attempt/${attempt.id}`);
      }
      for await (const endpoint of list(`${app}/msg/${message.id}/endpoint`)) void endpoint;
    }
  }
}
