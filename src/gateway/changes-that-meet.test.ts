import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startTestGateway, type TestGateway } from "./testing/test-gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.svix.application.create({ name: "A", uid: "app" });
  const { applications, endpoints, eventTypes } = gateway.store;
  pauseAfterFind(applications);
  pauseAfterFind(endpoints);
  pauseAfterFind(eventTypes);
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** So that all calls have found before any of them changes. */
function pauseAfterFind<Found>(nouns: { find: (within: string, name: string) => Promise<Found> }) {
  const find = nouns.find.bind(nouns);
  vi.spyOn(nouns, "find").mockImplementation(async (within, name) => {
    const found = await find(within, name);
    await setTimeout(PAUSE_MS);
    return found;
  });
}

const PAUSE_MS = 100;
const TWENTY = Array.from({ length: 20 }, (_, index) => index);

async function newEndpoint(): Promise<string> {
  const { id } = await gateway.svix.endpoint.create("app", { url: "https://a.example" });
  return `/app/app/endpoint/${id}`;
}

async function statuses(calls: readonly Promise<{ readonly status: number }>[]) {
  return (await Promise.all(calls)).map(({ status }) => status).sort((a, b) => a - b);
}

describe("calls that change the same at the same time", () => {
  it("set twenty headers, and remove what they say", async () => {
    const path = await newEndpoint();
    await gateway.call("PUT", `${path}/headers`, { headers: { "x-kept": "1", "x-gone": "2" } });
    const answered = await statuses([
      ...TWENTY.map(async (at) =>
        gateway.call("PATCH", `${path}/headers`, { headers: { [`x-${at}`]: "" } }),
      ),
      gateway.call("PATCH", `${path}/headers`, { headers: { "X-Gone": null } }),
      gateway.call("PATCH", path, { description: "changed" }),
    ]);
    expect(new Set(answered)).toEqual(new Set([200, 204]));
    const { headers } = (await gateway.call("GET", `${path}/headers`)).body;
    const names = [...TWENTY.map((at) => `x-${at}`), "x-kept"];
    expect(Object.keys(headers).sort()).toEqual(names.sort());
    expect((await gateway.call("GET", path)).body.description).toBe("changed");
  });

  it("rotate the secret as often as old ones may still be valid, and no more", async () => {
    const path = await newEndpoint();
    const rotate = async () => gateway.call("POST", `${path}/secret/rotate`, {});
    const answered = await statuses(TWENTY.map(rotate));
    expect(answered).toEqual([...Array(10).fill(204), ...Array(10).fill(400)]);
    expect((await rotate()).body.code).toBe("limit_reached");
  });

  it("change different fields of an endpoint, an application and an event type", async () => {
    const path = await newEndpoint();
    await gateway.call("POST", "/event-type", { name: "a", description: "" });
    const answered = await statuses([
      gateway.call("PATCH", path, { uid: "uid" }),
      gateway.call("PATCH", path, { disabled: true }),
      gateway.call("PATCH", path, { channels: ["c"] }),
      gateway.call("PATCH", path, { throttleRate: 5 }),
      gateway.call("PATCH", "/app/app", { name: "B" }),
      gateway.call("PATCH", "/app/app", { throttleRate: 5 }),
      gateway.call("PATCH", "/app/app", { metadata: { k: "v" } }),
      gateway.call("PATCH", "/event-type/a", { description: "changed" }),
      gateway.call("PATCH", "/event-type/a", { deprecated: true }),
      gateway.call("PUT", "/event-type/a/retry-schedule", { retrySchedule: [] }),
    ]);
    expect(new Set(answered)).toEqual(new Set([200]));
    const endpoint = { uid: "uid", disabled: true, channels: ["c"], throttleRate: 5 };
    expect((await gateway.call("GET", path)).body).toMatchObject(endpoint);
    const application = { name: "B", throttleRate: 5, metadata: { k: "v" } };
    expect((await gateway.call("GET", "/app/app")).body).toMatchObject(application);
    const eventType = { description: "changed", deprecated: true };
    expect((await gateway.call("GET", "/event-type/a")).body).toMatchObject(eventType);
    const { body } = await gateway.call("GET", "/event-type/a/retry-schedule");
    expect(body).toEqual({ retrySchedule: [] });
  });
});
