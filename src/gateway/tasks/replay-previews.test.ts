import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countReplayed } from "../../delivery/tasks/count-replayed.ts";
import { recordAttempt } from "../testing/test-attempts.ts";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const MESSAGES = 5;
const KINDS = ["recover", "replay-missing", "bulk-replay"] as const;

let gateway: TestGateway;
let applicationId: string;
let endpointId: string;
let times: readonly string[];
beforeAll(async () => {
  gateway = await startTestGateway();
  const { svix } = gateway;
  applicationId = (await svix.application.create({ name: "App", uid: "app" })).id;
  endpointId = (await svix.endpoint.create("app", { url: "https://a.example", uid: "a" })).id;
  const ids: string[] = [];
  const made: string[] = [];
  for (let i = 0; i < MESSAGES; i++) {
    const message = await svix.message.create("app", { eventType: "a.b", payload: { i } });
    ids.push(message.id);
    made.push(message.timestamp.toISOString());
  }
  times = made;
  for (const messageId of ids.slice(1, 4)) {
    await recordAttempt(gateway, { applicationId, endpointId, messageId, state: "exhausted" });
  }
  await svix.endpoint.create("app", { url: "https://a.example", uid: "new" });
  await svix.endpoint.create("app", { url: "https://a.example", uid: "off", disabled: true });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const since = () => new Date(Date.now() - 60_000).toISOString();

async function preview(endpoint: string, kind: string, body: object = {}, token?: string) {
  const path = `/app/app/endpoint/${endpoint}/${kind}/preview`;
  return gateway.call("POST", path, { since: since(), ...body }, token);
}

describe("a preview", () => {
  it("counts what would be attempted, and says from when to when it is", async () => {
    const failed = { matching: 3, isExact: true, oldest: times[1], newest: times[3] };
    expect(await preview("a", "recover")).toMatchObject({ status: 200, body: failed });
    const all = { matching: 5, isExact: true, oldest: times[0], newest: times[4] };
    expect((await preview("a", "bulk-replay")).body).toEqual(all);
    expect((await preview("new", "replay-missing")).body).toEqual(all);
    const filtered = await preview("a", "bulk-replay", { statusCodeClass: 500 });
    expect(filtered.body).toEqual(failed);
    const none = { matching: 0, isExact: true, oldest: null, newest: null };
    expect((await preview("a", "replay-missing")).body).toEqual(none);
  });

  it("begins nothing", async () => {
    const { body } = await gateway.call("GET", "/background-task");
    expect(body.data).toEqual([]);
  });

  it.each(KINDS)("of %s refuses what it would refuse itself", async (kind) => {
    const looks = await applicationToken(applicationId, { capabilities: ["ViewBase"] });
    expect((await preview("a", kind, {}, looks)).status).toBe(403);
    expect((await preview("off", kind)).body.code).toBe("endpoint_disabled");
    expect((await preview("none", kind)).status).toBe(404);
    const future = new Date(Date.now() + 60_000).toISOString();
    expect((await preview("a", kind, { since: future })).status).toBe(422);
  });

  it("counts no further than to its limits, and says so", async () => {
    const range = { sinceMs: Date.now() - 60_000, untilMs: Date.now() };
    const work = { applicationId, endpointId, range, type: "endpoint.recover" } as const;
    const some = await countReplayed(gateway.store, work, { countedMax: 2 });
    expect(some).toMatchObject({ count: 2, isExact: false });
    const none = await countReplayed(gateway.store, work, { looksMax: 0 });
    expect(none).toMatchObject({ count: 0, isExact: false, first: undefined });
  });
});
