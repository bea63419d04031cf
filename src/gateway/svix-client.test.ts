import { ApiException, messageInRaw, Svix } from "svix";
import { beforeEach, afterEach, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./testing/test-gateway.ts";

let gateway: TestGateway;
let svix: Svix;
beforeEach(async () => {
  gateway = await startTestGateway();
  svix = gateway.svix;
});
afterEach(() => gateway[Symbol.asyncDispose]());

async function refused(promise: Promise<unknown>): Promise<ApiException<unknown>> {
  const error = await promise.then(
    () => expect.unreachable("should have been refused"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ApiException);
  return error as ApiException<unknown>;
}

describe("svix.application", () => {
  it("creates, reads, replaces, patches, lists and deletes", async () => {
    const created = await svix.application.create({
      name: "Acme",
      uid: "acme",
      throttleRate: 10,
      metadata: { plan: "pro" },
    });
    expect(created).toMatchObject({
      id: expect.stringMatching(/^app_[0-9A-Za-z]{27}$/),
      uid: "acme",
      name: "Acme",
      throttleRate: 10,
      metadata: { plan: "pro" },
    });
    expect(Math.abs(created.createdAt.getTime() - Date.now())).toBeLessThan(60_000);
    expect(await svix.application.get("acme")).toEqual(created);
    expect(await svix.application.get(created.id)).toEqual(created);

    const replaced = await svix.application.upsert(created.id, { name: "Acme 2", uid: "acme2" });
    expect(replaced).toMatchObject({ id: created.id, uid: "acme2", metadata: {} });
    expect(replaced.throttleRate).toBeNull();

    const patched = await svix.application.patch("acme2", { throttleRate: 5 });
    expect(patched).toMatchObject({ name: "Acme 2", uid: "acme2", throttleRate: 5 });
    const emptied = await svix.application.patch("acme2", { uid: null, throttleRate: null });
    expect(emptied).toMatchObject({ uid: null, throttleRate: null, name: "Acme 2" });

    const list = await svix.application.list();
    expect(list).toMatchObject({
      done: true,
      iterator: created.id,
      prevIterator: `-${created.id}`,
    });
    await svix.application.delete(created.id);
    expect(await svix.application.list()).toMatchObject({ data: [], done: true, iterator: null });
    expect((await refused(svix.application.get(created.id))).code).toBe(404);
  });

  it("gets or creates", async () => {
    const first = await svix.application.getOrCreate({ name: "A", uid: "a" });
    expect(await svix.application.getOrCreate({ name: "B", uid: "a" })).toEqual(first);
    expect((await svix.application.getOrCreate({ name: "B" })).id).not.toBe(first.id);
  });

  it("creates once what many get or create at the same time", async () => {
    const all = Array.from({ length: 10 }, (_, i) =>
      svix.application.getOrCreate({ name: `${i}`, uid: "same" }),
    );
    expect(new Set((await Promise.all(all)).map(({ id }) => id)).size).toBe(1);
    expect((await svix.application.list()).data).toHaveLength(1);
  });

  it("creates by PUT what the path's uid does not name yet", async () => {
    const answer = await gateway.call("PUT", "/app/new", { name: "New" });
    expect(answer).toMatchObject({ status: 201, body: { name: "New", uid: "new" } });
    const again = await gateway.call("PUT", "/app/new", { name: "Newer" });
    expect(again).toMatchObject({ status: 200, body: { id: answer.body.id, uid: "new" } });
  });

  it("frees the uid of what was deleted", async () => {
    await svix.application.create({ name: "A", uid: "a" });
    await svix.application.delete("a");
    expect((await svix.application.create({ name: "B", uid: "a" })).name).toBe("B");
  });

  it("reports errors as the client knows them", async () => {
    const notFound = await refused(svix.application.get("none"));
    expect([notFound.code, notFound.body]).toEqual([
      404,
      { code: "not_found", detail: "Entity not found" },
    ]);
    const invalid = await refused(svix.application.create({ name: "" }));
    expect([invalid.code, invalid.body]).toEqual([
      422,
      { detail: [expect.objectContaining({ loc: ["body", "name"], type: "value_error" })] },
    ]);
    const stranger = new Svix("nonsense", { serverUrl: gateway.url });
    expect((await refused(stranger.application.list())).code).toBe(401);
  });
});

describe("svix.endpoint", () => {
  beforeEach(async () => {
    await svix.application.create({ name: "App", uid: "app" });
    await svix.eventType.create({ name: "user.created", description: "" });
  });

  it("creates, reads, replaces, patches, lists and deletes", async () => {
    const created = await svix.endpoint.create("app", {
      url: "HTTPS://Example.com",
      uid: "main",
      description: "Main",
      eventTypes: ["user.created", "user.created"],
      channels: ["a", "b"],
      throttleRate: 3,
      metadata: { k: "v" },
    });
    expect(created).toMatchObject({
      id: expect.stringMatching(/^ep_[0-9A-Za-z]{27}$/),
      url: "https://example.com/",
      uid: "main",
      disabled: false,
      eventTypes: ["user.created"],
      channels: ["a", "b"],
      throttleRate: 3,
    });
    expect(await svix.endpoint.get("app", "main")).toEqual(created);
    expect(await svix.endpoint.get("app", created.id)).toEqual(created);

    const patched = await svix.endpoint.patch("app", "main", { disabled: true, channels: null });
    expect(patched).toMatchObject({ disabled: true, channels: null, description: "Main" });
    const emptied = await svix.endpoint.patch("app", "main", { eventTypes: [], channels: [] });
    expect(emptied).toMatchObject({ eventTypes: null, channels: null });

    const replaced = await svix.endpoint.upsert("app", "main", { url: "http://b.example/x?y" });
    expect(replaced).toMatchObject({ id: created.id, uid: "main", url: "http://b.example/x?y" });
    expect(replaced).toMatchObject({ description: "", disabled: false, metadata: {} });

    expect((await svix.endpoint.list("app")).data).toEqual([replaced]);
    await svix.endpoint.delete("app", "main");
    expect((await refused(svix.endpoint.get("app", "main"))).code).toBe(404);
    expect((await svix.endpoint.list("app")).data).toEqual([]);
  });

  it("takes the older names of fields, and an empty list for all", async () => {
    const body = {
      url: "https://a.example",
      filterTypes: ["user.created"],
      rateLimit: 7,
      version: 2,
    };
    const answer = await gateway.call("POST", "/app/app/endpoint", body);
    expect(answer.body).toMatchObject({
      eventTypes: ["user.created"],
      throttleRate: 7,
      rateLimit: 7,
      version: 2,
    });
    const app = await gateway.call("PATCH", "/app/app", { rateLimit: 4 });
    expect(app.body).toMatchObject({ throttleRate: 4, rateLimit: 4 });
    const all = await gateway.call("POST", "/app/app/endpoint", { ...body, filterTypes: [] });
    expect(all.body).toMatchObject({ eventTypes: null, filterTypes: null });
    const plain = await gateway.call("POST", "/app/app/endpoint", { url: "https://a.example" });
    expect(plain.body).toMatchObject({ version: 1, eventTypes: null, rateLimit: null });
    const patched = await gateway.call("PATCH", `/app/app/endpoint/${answer.body.id}`, {
      rateLimit: null,
      filterTypes: null,
    });
    expect(patched.body).toMatchObject({ throttleRate: null, eventTypes: null });
  });

  it("creates by PUT what the path's uid does not name yet", async () => {
    const body = { url: "https://a.example" };
    const answer = await gateway.call("PUT", "/app/app/endpoint/new", body);
    expect(answer).toMatchObject({ status: 201, body: { uid: "new" } });
    expect((await gateway.call("PUT", "/app/app/endpoint/new", body)).status).toBe(200);
    expect((await svix.endpoint.getSecret("app", "new")).key).toMatch(/^whsec_/);
  });

  it("reads, replaces and patches headers, and shows no credentials", async () => {
    const { id } = await svix.endpoint.create("app", {
      url: "https://a.example",
      headers: { "X-First": "1" },
    });
    expect(await svix.endpoint.getHeaders("app", id)).toEqual({
      headers: { "X-First": "1" },
      sensitive: [],
    });
    await svix.endpoint.setHeaders("app", id, {
      headers: { "X-Custom": "a", Authorization: "Bearer x", "X-Api-Key": "k" },
    });
    await svix.endpoint.patchHeaders("app", id, {
      headers: { "x-custom": "b", "X-More": "ü" },
      deleteHeaders: ["x-api-key"],
    });
    expect(await svix.endpoint.getHeaders("app", id)).toEqual({
      headers: { "x-custom": "b", "X-More": "ü" },
      sensitive: ["Authorization"],
    });
    const removal = await gateway.call("PATCH", `/app/app/endpoint/${id}/headers`, {
      headers: { AUTHORIZATION: null },
    });
    expect([removal.status, removal.text]).toEqual([204, ""]);
    expect((await svix.endpoint.getHeaders("app", id)).sensitive).toEqual([]);
    expect(await gateway.store.endpoints.headers(id)).toEqual({ "x-custom": "b", "X-More": "ü" });
  });

  it("reads and rotates secrets, of which the old ones expire", async () => {
    const secret = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;
    const { id } = await svix.endpoint.create("app", {
      url: "https://a.example",
      secret: secret.slice("whsec_".length),
    });
    expect(await svix.endpoint.getSecret("app", id)).toEqual({ key: secret });

    await svix.endpoint.rotateSecret("app", id, {});
    const { key } = await svix.endpoint.getSecret("app", id);
    expect(key).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
    const [current, old] = await gateway.store.endpoints.secrets(id);
    expect([current?.key, current?.expiresAtMs, old?.key]).toEqual([key, null, secret]);
    expect(Math.abs((old?.expiresAtMs ?? 0) - Date.now() - 86_400_000)).toBeLessThan(60_000);

    const given = `whsec_${Buffer.alloc(32, 2).toString("base64")}`;
    await svix.endpoint.rotateSecret("app", id, { key: given, gracePeriodSeconds: 0 });
    const secrets = await gateway.store.endpoints.secrets(id);
    expect(secrets.map((one) => one.key)).toEqual([given, secret]);
  });

  it("is told the new secret, which Python's reads and others have to ask for", async () => {
    const { id } = await svix.endpoint.create("app", { url: "https://a.example" });
    const path = `/app/app/endpoint/${id}/secret/rotate`;
    const answer = await fetch(`${gateway.url}/api/v1${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${gateway.token}`, "user-agent": "svix-libs/2.9.1/python" },
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual(await svix.endpoint.getSecret("app", id));
    const { status, text } = await gateway.call("POST", path);
    expect([status, text]).toEqual([204, ""]);
  });

  it("keeps at most 10 old secrets", async () => {
    const { id } = await svix.endpoint.create("app", { url: "https://a.example" });
    for (let i = 0; i < 10; i++) await svix.endpoint.rotateSecret("app", id, {});
    const { key } = await svix.endpoint.getSecret("app", id);
    const error = await refused(svix.endpoint.rotateSecret("app", id, {}));
    expect([error.code, error.body]).toMatchObject([400, { code: "limit_reached" }]);
    expect(await svix.endpoint.getSecret("app", id)).toEqual({ key });
  });
});

describe("svix.eventType", () => {
  it("creates, reads, replaces, patches, lists and deletes", async () => {
    const schemas = { "1": { type: "object", properties: { id: { type: ["string", "null"] } } } };
    const created = await svix.eventType.create({ name: "a.b", description: "A", schemas });
    expect(created).toMatchObject({ name: "a.b", archived: false, deprecated: false, schemas });
    expect(await svix.eventType.get("a.b")).toEqual(created);
    expect((await svix.eventType.list()).data[0]?.schemas).toBeNull();
    expect((await svix.eventType.list({ withContent: true })).data).toEqual([created]);

    const patched = await svix.eventType.patch("a.b", { deprecated: true });
    expect(patched).toMatchObject({ deprecated: true, description: "A", schemas });
    const replaced = await svix.eventType.upsert("a.b", { description: "B" });
    expect(replaced).toMatchObject({ deprecated: false, description: "B", schemas: null });
    const put = await gateway.call("PUT", "/event-type/new", { description: "" });
    expect(put).toMatchObject({ status: 201, body: { name: "new" } });

    await svix.eventType.delete("a.b");
    expect((await svix.eventType.list()).data.map(({ name }) => name)).toEqual(["new"]);
    const all = await svix.eventType.list({ includeArchived: true });
    expect(all.data.map(({ name, archived }) => [name, archived])).toEqual([
      ["a.b", true],
      ["new", false],
    ]);
    expect((await svix.eventType.create({ name: "a.b", description: "C" })).archived).toBe(false);
    await svix.eventType.delete("a.b", { expunge: true });
    expect((await refused(svix.eventType.get("a.b"))).code).toBe(404);
  });
});

describe("svix.message", () => {
  beforeEach(async () => {
    await svix.application.create({ name: "App", uid: "app" });
  });

  it("creates, reads and lists", async () => {
    const message = {
      eventType: "user.created",
      eventId: "evt-1",
      channels: ["a", "b", "a"],
      payload: { n: 1, s: "ü" },
    };
    const created = await svix.message.create("app", message, { withContent: true });
    expect(created).toMatchObject({
      id: expect.stringMatching(/^msg_[0-9A-Za-z]{27}$/),
      eventType: "user.created",
      eventId: "evt-1",
      channels: ["a", "b"],
      payload: { n: 1, s: "ü" },
    });
    expect(Math.abs(created.timestamp.getTime() - Date.now())).toBeLessThan(60_000);
    expect(await svix.message.get("app", created.id, { withContent: true })).toEqual(created);
    expect(await svix.message.get("app", "evt-1", { withContent: true })).toEqual(created);
    expect((await svix.message.list("app", { withContent: true })).data).toEqual([created]);
    const bare = { ...created, payload: {} };
    expect(await svix.message.get("app", "evt-1", { withContent: false })).toEqual(bare);
    expect((await svix.message.list("app", { withContent: false })).data).toEqual([bare]);
  });

  it("keeps and answers the payload byte for byte", async () => {
    const payload = '{ "big": 12345678901234567890.10,\n "dup": 1, "dup": 2, "u": "\\u00fc" }';
    const body = `{"payload" : ${payload} , "eventType":"a"}`;
    const answer = await gateway.call("POST", "/app/app/msg", body);
    expect(answer.status).toBe(202);
    expect(answer.text).toContain(`"payload":${payload}`);
    const kept = await gateway.call("GET", `/app/app/msg/${answer.body.id}`);
    expect(kept.text).toContain(`"payload":${payload}`);
    const bare = await gateway.call("POST", "/app/app/msg?with_content=false", body);
    expect(bare.body.payload).toEqual({});
  });

  it("takes the older name of the payload", async () => {
    const answer = await gateway.call("POST", "/app/app/msg", { eventType: "a", data: { b: 1 } });
    expect(answer).toMatchObject({ status: 202, body: { payload: { b: 1 } } });
  });

  it("creates the application along with it, once", async () => {
    const message = {
      eventType: "a",
      payload: {},
      application: { name: "New", uid: "new", metadata: { k: "v" } },
    };
    await svix.message.create("new", message);
    await svix.message.create("new", { ...message, application: { name: "Other", uid: "x" } });
    expect(await svix.application.get("new")).toMatchObject({ name: "New", metadata: { k: "v" } });
    expect((await svix.message.list("new")).data).toHaveLength(2);
  });

  it("takes raw payloads", async () => {
    const all = { withContent: true };
    const json = await svix.message.create("app", messageInRaw("a", '{"x": 1.0}'), all);
    expect(json.payload).toEqual({ x: 1 });
    const xml = await svix.message.create("app", messageInRaw("a", "<a>ü</a>", "text/xml"), all);
    expect(xml.payload).toEqual({ rawPayload: "<a>ü</a>" });
    const kept = await gateway.store.messages.find(
      (await svix.application.get("app")).id,
      xml.id,
      true,
    );
    expect(Buffer.from(kept?.payload ?? []).toString()).toBe("<a>ü</a>");
  });

  it("deletes a payload, of which nothing is shown any more", async () => {
    const message = { eventType: "a", eventId: "evt-1", payload: { secret: "slip of the pen" } };
    const { id } = await svix.message.create("app", message);
    const other = await svix.message.create("app", { ...message, eventId: "evt-2" });
    await svix.message.expungeContent("app", "evt-1");
    await svix.message.expungeContent("app", id);
    const all = { withContent: true };
    expect(await svix.message.get("app", id, all)).toMatchObject({
      eventId: "evt-1",
      payload: { expired: true },
    });
    const { data } = await svix.message.list("app", all);
    const payloads = Object.fromEntries(data.map((one) => [one.id, one.payload]));
    expect(payloads).toEqual({ [id]: { expired: true }, [other.id]: message.payload });
    expect((await svix.message.get("app", id, { withContent: false })).payload).toEqual({});
    expect((await refused(svix.message.create("app", message))).code).toBe(409);
  });

  it("does not mind an event type that nobody has described", async () => {
    const { eventType } = await svix.message.create("app", { eventType: "new.one", payload: {} });
    expect(eventType).toBe("new.one");
  });
});
