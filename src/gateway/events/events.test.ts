import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

let gateway: TestGateway;
let appId: string;
let key: string;
let testKey: string;
beforeAll(async () => {
  gateway = await startTestGateway({ payloadBytesMax: 200_000 });
  appId = (await gateway.svix.application.create({ name: "Mine", uid: "mine" })).id;
  key = await newKey({ appId, scopes: ["publish"] });
  testKey = await newKey({ appId, mode: "test" });
  const schema = { type: "object", required: ["n"], examples: [{ n: 1 }] };
  await gateway.svix.eventType.create({ name: "a.b", description: "", schemas: { 1: schema } });
  await gateway.svix.eventType.create({ name: "old", description: "", archived: true });
  await gateway.svix.eventType.create({ name: "bare", description: "" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function newKey(body: object): Promise<string> {
  return (await gateway.call("POST", "/api-key", { name: "Key", ...body })).body.key;
}

function publish(body: unknown, as = key, query = "") {
  return gateway.call("POST", `/v1/events${query}`, body, as);
}

async function payloadOf(messageId: string): Promise<string> {
  const message = await gateway.store.messages.find(appId, messageId, true);
  return Buffer.from(message?.payload ?? "").toString();
}

describe("an event", () => {
  it("is kept as a message whose payload is its data, compactly", async () => {
    const text = '{ "event": "a.b",  "data": { "n": 1.0, "text": "Zo\\u00eb" } }';
    const { status, body } = await publish(text);
    expect(status).toBe(202);
    expect(body).toMatchObject({ event: "a.b", id: body.messageId, warning: null });
    expect(await payloadOf(body.messageId)).toBe('{"n":1,"text":"Zoë"}');
  });

  it("goes to those webhooks that want it, and to other endpoints", async () => {
    const { body: webhook } = await gateway.call("POST", "/v1/webhooks?application=mine", {
      url: "https://a.example/",
      events: ["a.b"],
    });
    const other = await gateway.svix.endpoint.create("mine", { url: "https://b.example/" });
    await gateway.svix.endpoint.create("mine", {
      url: "https://c.example/",
      eventTypes: ["bare"],
    });
    const { body } = await publish({ event: "a.b", data: {} });
    const deliveries = await gateway.store.messages.deliveries(body.messageId);
    const reached = deliveries.map(({ endpointId }) => endpointId);
    expect(new Set(reached)).toEqual(new Set([webhook.id, other.id]));
  });

  it("has the id that it is given, once", async () => {
    const event = { event: "a.b", data: {}, id: "order-1" };
    const first = await publish(event);
    expect(first.body).toMatchObject({ id: "order-1" });
    expect((await gateway.svix.message.get("mine", "order-1")).id).toBe(first.body.messageId);
    expect(await publish(event)).toMatchObject({ status: 409, body: { code: "conflict" } });
  });

  it.each([
    [{}, ["event", "data"]],
    [{ event: "a b", data: [], id: "msg_x" }, ["event", "data", "id"]],
    [{ event: "old", data: {} }, ["event"]],
    [[], []],
    [Array.from({ length: 501 }, () => ({})), []],
    ["7", []],
  ])("is refused as %j, by each wrong field", async (body, fields) => {
    const before = gateway.rows();
    const { status, body: answer } = await publish(body);
    expect(status).toBe(422);
    expect(answer.detail.map(({ loc }: { loc: string[] }) => loc.join("."))).toEqual(
      fields.length === 0 ? ["body"] : fields.map((field) => `body.${field}`),
    );
    expect(gateway.rows()).toBe(before);
  });

  it("is refused where it is too large, or too deep", async () => {
    const large = { event: "a.b", data: { text: "x".repeat(200_000) } };
    expect((await publish(large)).status).toBe(413);
    const deep = `{"event":"a.b","data":{"n":${"[".repeat(50_000)}${"]".repeat(50_000)}}}`;
    const { status, body } = await publish(deep);
    expect([status, body.detail[0].loc]).toEqual([422, ["body", "data"]]);
  });

  it("is done once with an Idempotency-Key", async () => {
    const send = async () => {
      const headers = { authorization: `Bearer ${key}`, "idempotency-key": "once" };
      const body = JSON.stringify({ event: "a.b", data: { n: 2 } });
      const answer = await fetch(`${gateway.url}/v1/events`, { method: "POST", headers, body });
      return answer.json();
    };
    expect(await send()).toEqual(await send());
  });

  it("is held against the schema of its type, where the organization wants that", async () => {
    const set = (payloadValidation: string) =>
      gateway.call("PATCH", "/organization/settings", { payloadValidation });
    const wrong = { event: "a.b", data: { n: 1, other: {} } };
    await set("warn");
    await expect
      .poll(async () => (await publish({ event: "a.b", data: {} })).body.warning)
      .toContain("required property 'n'");
    expect((await publish(wrong)).body.warning).toBeNull();
    await set("reject");
    await expect.poll(async () => (await publish({ event: "a.b", data: {} })).status).toBe(422);
    const refused = await publish({ event: "a.b", data: {} });
    expect(refused.body.detail[0].loc).toEqual(["body", "data"]);
    const { body } = await publish([{ event: "a.b", data: {} }]);
    expect(body.results[0].error.detail[0].loc).toEqual(["body", "0", "data"]);
    await set("off");
    await expect.poll(async () => (await publish({ event: "a.b", data: {} })).status).toBe(202);
  });

  it("of an organization's key needs an application", async () => {
    const ofAll = await newKey({});
    const event = { event: "a.b", data: {} };
    expect((await publish(event, ofAll)).body.code).toBe("application_required");
    expect((await publish(event, ofAll, "?application=mine")).status).toBe(202);
    expect((await publish(event, ofAll, "?application=none")).status).toBe(404);
    expect((await publish([event], ofAll, "?application=none")).status).toBe(404);
  });
});

describe("a list of events", () => {
  it("is answered one by one: what is wrong with one does not keep the others", async () => {
    await publish({ event: "a.b", data: {}, id: "taken" });
    const { status, body } = await publish([
      { event: "a.b", data: { n: 1 }, id: "list-1" },
      { event: "a.b" },
      { event: "a.b", data: {}, id: "taken" },
      { event: "old", data: {} },
      { event: "a.b", data: {}, id: "list-1" },
      null,
      { event: "a.b", data: { n: 2 } },
    ]);
    expect(status).toBe(207);
    expect(body).toMatchObject({ accepted: 2, refused: 5 });
    const statuses = body.results.map((one: { status: number }) => one.status);
    expect(statuses).toEqual([202, 422, 409, 422, 409, 422, 202]);
    expect(body.results.map((one: { index: number }) => one.index)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(body.results[1].error.detail[0].loc).toEqual(["body", "1", "data"]);
    expect(body.results[3].error.detail[0].loc).toEqual(["body", "3", "event"]);
    expect(body.results[5].error.detail[0].loc).toEqual(["body", "5"]);
    expect(await payloadOf(body.results[0].event.messageId)).toBe('{"n":1}');
  });

  it.each([`"text"`, 7, null])(
    "or one of them is what a call needs to have, not %j",
    async (body) => {
      const refused = await publish(body);
      expect(refused.status).toBe(422);
      expect(refused.body.detail[0].msg).toContain("an event");
    },
  );

  it("of 500 is accepted as a whole", async () => {
    const events = Array.from({ length: 500 }, (_, n) => ({ event: "a.b", data: { n } }));
    const { status, body } = await publish(events);
    expect([status, body.accepted, body.refused]).toEqual([202, 500, 0]);
    const ids = body.results.map((one: { event: { messageId: string } }) => one.event.messageId);
    expect(new Set(ids).size).toBe(500);
    expect(await payloadOf(ids[499])).toBe('{"n":499}');
  });
});

describe("in the sandbox, an example", () => {
  const trigger = (event: string, body: object = {}, as = testKey) =>
    gateway.call("POST", `/v1/events/${event}/trigger`, body, as);

  it("is published to the sandbox's webhooks, and to nobody's live one", async () => {
    const url = "https://a.example/";
    const { body: webhook } = await gateway.call("POST", "/v1/webhooks", { url }, testKey);
    const { status, body } = await trigger("a.b");
    expect([status, body.event]).toEqual([202, "a.b"]);
    const deliveries = await gateway.store.messages.deliveries(body.messageId);
    expect(deliveries.map(({ endpointId }) => endpointId)).toEqual([webhook.id]);
    const shown = await gateway.call("GET", `/app/mine/msg/${body.messageId}`, undefined, testKey);
    expect(shown.body).toMatchObject({ eventType: "a.b", payload: { n: 1 } });
    expect((await gateway.call("GET", `/app/mine/msg/${body.messageId}`)).status).toBe(404);
  });

  it("can be other data", async () => {
    const { body } = await trigger("bare", { data: { mine: true } });
    const shown = await gateway.call("GET", `/app/mine/msg/${body.messageId}`, undefined, testKey);
    expect(shown.body.payload).toEqual({ mine: true });
  });

  it("is refused to a live key, with words about what to do", async () => {
    const refused = await trigger("a.b", {}, key);
    expect(refused).toMatchObject({ status: 403, body: { code: "test_mode_only" } });
    expect(refused.body.detail).toContain("posthorn_test_");
    expect((await trigger("a.b", {}, gateway.token)).status).toBe(403);
  });

  it("needs an event type that has one", async () => {
    const unknown = await trigger("none");
    expect([unknown.status, unknown.body.detail]).toEqual([404, "There is no event type none"]);
    expect((await trigger("none", { data: {} })).status).toBe(404);
    expect((await trigger("bare")).status).toBe(400);
    expect((await trigger("old", { data: {} })).status).toBe(422);
  });
});
