import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const CONTENT = { withContent: true };

let gateway: TestGateway;
let applicationId: string;
let foreign: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { application, message } = gateway.svix;
  applicationId = (await application.create({ name: "App", uid: "app" })).id;
  await application.create({ name: "Other", uid: "other" });
  const sent = { eventType: "a", payload: { b: 1 }, eventId: "foreign" };
  foreign = (await message.create("other", sent)).id;
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function send(more: object = {}): Promise<string> {
  const { body } = await gateway.call("POST", "/app/app/msg", {
    eventType: "a",
    payload: { a: 1 },
    ...more,
  });
  return body.id;
}

describe("a raw payload", () => {
  const raw = async (id: string, token = gateway.token, app = "app") =>
    gateway.call("GET", `/app/${app}/msg/${id}/raw`, undefined, token);

  it("is the text that is sent, byte for byte", async () => {
    const spelled = '{ "b":1.0,\t"a" : "\\u00e9", "a":"é😀" }';
    const { body } = await gateway.call(
      "POST",
      "/app/app/msg",
      `{"eventType":"a","eventId":"spelled","payload":${spelled}}`,
    );
    expect((await raw(body.id)).body).toEqual({ payload: spelled });
    const own = await applicationToken(applicationId);
    expect((await raw("spelled", own)).body).toEqual({ payload: spelled });
    const id = await send({ transformationsParams: { rawPayload: "<a/>" } });
    expect((await raw(id)).body).toEqual({ payload: "<a/>" });
  });

  it("is not found once it was deleted, nor where there is no such message", async () => {
    const id = await send();
    await gateway.svix.message.expungeContent("app", id);
    const gone = await raw(id);
    expect(gone).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining("deleted") },
    });
    const own = await applicationToken(applicationId);
    const others = [raw("none"), raw(foreign), raw(foreign, own, "other")];
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});

describe("expunging several messages", () => {
  it("deletes their payloads, by id or eventId, and says which there were", async () => {
    const [first, second, third] = [await send(), await send({ eventId: "slip" }), await send()];
    const ids = [first, "slip", foreign, "foreign", "none"];
    const { results } = await gateway.svix.message.bulkExpungeContent("app", { ids });
    expect(results).toEqual({
      [first]: "expunged",
      slip: "expunged",
      [foreign]: "not-found",
      foreign: "not-found",
      none: "not-found",
    });
    const payloads = [first, second, third].map(
      async (id) => (await gateway.svix.message.get("app", id, CONTENT)).payload,
    );
    const expired = { expired: true };
    expect(await Promise.all(payloads)).toEqual([expired, expired, { a: 1 }]);
    const kept = await gateway.svix.message.get("other", foreign, CONTENT);
    expect(kept.payload).toEqual({ b: 1 });
  });

  it("of none does nothing", async () => {
    const before = gateway.rows();
    const empty = await gateway.call("POST", "/app/app/msg/bulk-expunge", {});
    expect([empty.status, empty.body]).toEqual([200, { results: {} }]);
    expect(gateway.rows()).toBe(before);
  });

  it("takes a thousand, and no more", async () => {
    const names = Array.from({ length: 1_001 }, (_, i) => `name-${i}`);
    const expunge = async (ids: readonly string[]) =>
      gateway.call("POST", "/app/app/msg/bulk-expunge", { ids });
    expect((await expunge(names.slice(1))).status).toBe(200);
    const refused = await expunge(names);
    expect([refused.status, refused.body.detail[0].loc]).toEqual([422, ["body", "ids"]]);
  });

  it("needs the organization's token, and its application", async () => {
    const own = await applicationToken(applicationId);
    const asked = { ids: [] };
    const expunge = (app: string, token = gateway.token) =>
      gateway.call("POST", `/app/${app}/msg/bulk-expunge`, asked, token);
    const statuses = [(await expunge("app", own)).status, (await expunge("none")).status];
    expect(statuses).toEqual([403, 404]);
  });
});
