import { messageInRaw } from "svix";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const HOUR_MS = 3_600_000;
const MESSAGE = { eventType: "a.b", payload: { a: 1 } };

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.svix.application.create({ name: "App", uid: "app" });
  await gateway.svix.application.create({ name: "Other", uid: "other" });
  await gateway.svix.endpoint.create("app", { url: "https://a.example" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function send(more: object, path = "/app/app/msg") {
  return gateway.call("POST", path, { ...MESSAGE, ...more });
}

/** The first attempt, as an endpoint would get it at that time. */
async function attemptAt(messageId: string, nowMs = Date.now()) {
  const [delivery] = await gateway.store.messages.deliveries(messageId);
  if (delivery === undefined) throw new Error("nobody gets it");
  const lease = { holder: "raven", nowMs, untilMs: nowMs };
  const [claimed] = await gateway.store.claim([{ ...delivery, attemptNumber: 1 }], lease);
  return claimed;
}

describe("a message's tags", () => {
  it("are answered wherever it is, each once", async () => {
    const tags = ["tenant-7", "a/b\\c#1", "A_.9"];
    const { status, body } = await send({ tags: [...tags, "tenant-7"] });
    expect([status, body.tags]).toEqual([202, tags]);
    expect((await gateway.svix.message.get("app", body.id)).tags).toEqual(tags);
    const { data } = await gateway.svix.message.list("app", { limit: 1 });
    expect(data).toMatchObject([{ id: body.id, tags }]);
  });

  it.each([[[]], [null], [undefined]])("are null when they are %j", async (tags) => {
    const { status, body } = await send({ tags });
    expect([status, body.tags]).toEqual([202, null]);
  });

  it.each([
    [
      ["a", "b", "c", "d", "e", "f"],
      ["body", "tags"],
    ],
    [["with space"], ["body", "tags", "0"]],
    [
      ["ok", ""],
      ["body", "tags", "1"],
    ],
    [["x".repeat(129)], ["body", "tags", "0"]],
    [["a:b"], ["body", "tags", "0"]],
    ["a", ["body", "tags"]],
  ])("are refused when they are %j", async (tags, loc) => {
    const before = gateway.rows();
    const { status, body } = await send({ tags });
    expect([status, body.detail[0].loc]).toEqual([422, loc]);
    expect(gateway.rows()).toBe(before);
  });
});

describe("a payload's retention", () => {
  it.each([
    [{}, 90 * 24],
    [{ payloadRetentionPeriod: null, payloadRetentionHours: null }, 90 * 24],
    [{ payloadRetentionPeriod: 90 }, 90 * 24],
    [{ payloadRetentionPeriod: 1 }, 24],
    [{ payloadRetentionHours: 1 }, 1],
    [{ payloadRetentionPeriod: null, payloadRetentionHours: 2_160 }, 2_160],
  ])("of %j ends attempts and deletes it after %i hours", async (retention, hours) => {
    const nowMs = Date.now();
    const { body } = await send(retention);
    const endMs = nowMs + hours * HOUR_MS;
    const { payloads } = gateway.store.expiry;
    const early = { kind: "claimed" };
    expect(await attemptAt(body.id, endMs - 1)).toMatchObject(early);
    await payloads(endMs - 1, 1_000);
    expect((await gateway.call("GET", `/app/app/msg/${body.id}`)).body.payload).toEqual({ a: 1 });
    const late = { kind: "ended", state: "expunged" };
    expect(await attemptAt(body.id, endMs + 60_000)).toMatchObject(late);
    expect(await payloads(endMs + 60_000, 1_000)).toBeGreaterThan(0);
    const expired = { expired: true };
    expect((await gateway.call("GET", `/app/app/msg/${body.id}`)).body.payload).toEqual(expired);
  });

  it.each([
    [{ payloadRetentionPeriod: 0 }, "payloadRetentionPeriod"],
    [{ payloadRetentionPeriod: 91 }, "payloadRetentionPeriod"],
    [{ payloadRetentionPeriod: 1.5 }, "payloadRetentionPeriod"],
    [{ payloadRetentionHours: 0 }, "payloadRetentionHours"],
    [{ payloadRetentionHours: 2_161 }, "payloadRetentionHours"],
    [{ payloadRetentionPeriod: 5, payloadRetentionHours: 5 }, "payloadRetentionHours"],
  ])("of %j is refused", async (retention, field) => {
    const before = gateway.rows();
    const { status, body } = await send(retention);
    expect([status, body.detail[0].loc]).toEqual([422, ["body", field]]);
    expect(gateway.rows()).toBe(before);
  });
});

describe("a raw payload", () => {
  it("goes with the content type that the stock client gives it", async () => {
    const raw = messageInRaw("a.b", "<paid/>", "application/xml; charset=utf-8");
    const { id } = await gateway.svix.message.create("app", raw);
    const sent = { contentType: "application/xml; charset=utf-8", payload: Buffer.from("<paid/>") };
    const claimed = await attemptAt(id);
    if (claimed?.kind !== "claimed") throw new Error("not claimed");
    const { contentType, payload } = claimed.attempt;
    expect({ contentType, payload: Buffer.from(payload) }).toEqual(sent);
  });

  it.each([
    [undefined, null],
    [{}, null],
    [{ "Content-Type": "text/plain" }, "text/plain"],
    [{ "x-other": "a\nb" }, null],
  ])("with the headers %j goes as %s", async (headers, contentType) => {
    const { body } = await send({ transformationsParams: { rawPayload: "hi", headers } });
    expect(await attemptAt(body.id)).toMatchObject({ attempt: { contentType } });
  });

  it.each(["text", "text/", "text/plain\r\nx-injected: 1", "text/plain; é", "", "x".repeat(300)])(
    "is refused with the content type %j",
    async (contentType) => {
      const headers = { "content-type": contentType };
      const { status, body } = await send({ transformationsParams: { headers } });
      const loc = ["body", "transformationsParams", "headers", "content-type"];
      expect([status, body.detail[0].loc]).toEqual([422, loc]);
    },
  );
});

describe("a message that is sent again with its Idempotency-Key", () => {
  async function sendWith(key: string, more: object = {}, path = "/app/app/msg") {
    const response = await fetch(`${gateway.url}/api/v1${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${gateway.token}`, "idempotency-key": key },
      body: JSON.stringify({ ...MESSAGE, ...more }),
    });
    return { status: response.status, text: await response.text() };
  }

  it("is answered as the first time, and kept once", async () => {
    const first = await sendWith("once", { eventId: "one", tags: ["x"] });
    expect(first.status).toBe(202);
    const before = gateway.rows();
    expect(await sendWith("once", { eventId: "one", tags: ["x"] })).toEqual(first);
    expect(gateway.rows()).toBe(before);
  });

  it("at the same time is kept once", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => sendWith("at once")));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  });

  it("is refused as the first time, if another message has its eventId", async () => {
    await sendWith("winner", { eventId: "taken" });
    const first = await sendWith("loser", { eventId: "taken" });
    expect(first.status).toBe(409);
    expect(await sendWith("loser", { eventId: "taken" })).toEqual(first);
    expect((await sendWith("loser")).status).toBe(202);
  });

  it("is carried out if the application of the first one is gone, and another has its uid", async () => {
    const create = async () => gateway.call("POST", "/app", { name: "A", uid: "again" });
    const path = "/app/again/msg";
    await create();
    const first = await sendWith("kept", {}, path);
    await gateway.call("DELETE", "/app/again");
    await create();
    const second = await sendWith("kept", {}, path);
    expect(second.status).toBe(202);
    expect(second.text).not.toBe(first.text);
    expect(await sendWith("kept", {}, path)).toEqual(second);
  });

  it("is tried again after it was refused for what it says", async () => {
    expect((await sendWith("fixed", { tags: "a" })).status).toBe(422);
    expect((await sendWith("fixed")).status).toBe(202);
  });

  it("is another message to another application, or with another key", async () => {
    const here = await sendWith("k");
    expect((await sendWith("k", {}, "/app/other/msg")).text).not.toBe(here.text);
    expect((await sendWith("l")).text).not.toBe(here.text);
  });

  it("is answered as expired when its payload was deleted meanwhile", async () => {
    const { text } = await sendWith("gone");
    await gateway.svix.message.expungeContent("app", JSON.parse(text).id);
    const again = await sendWith("gone");
    expect(JSON.parse(again.text)).toEqual({ ...JSON.parse(text), payload: { expired: true } });
  });
});
