import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { Svix } from "svix";
import { organizationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const HOUR_MS = 3_600_000;

let gateway: TestGateway;
let appId: string;
let otherId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  appId = (await gateway.svix.application.create({ name: "Mine", uid: "mine" })).id;
  otherId = (await gateway.svix.application.create({ name: "Other" })).id;
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function make(body: object = {}): Promise<{ id: string; key: string }> {
  const made = await gateway.call("POST", "/api-key", { name: "One", ...body });
  expect(made.status).toBe(201);
  return made.body;
}

function whoami(key: string) {
  return gateway.call("GET", "/auth/whoami", undefined, key);
}

const MESSAGE = { eventType: "a.b", payload: { n: 1 } };

function send(key: string, app = "mine") {
  return gateway.call("POST", `/app/${app}/msg`, MESSAGE, key);
}

describe("a key", () => {
  it("is shown once, and kept as a hash", async () => {
    const made = await gateway.call("POST", "/api-key", { name: "Billing", appId: "mine" });
    const { key, ...shown } = made.body;
    expect(shown).toMatchObject({ name: "Billing", mode: "live", appId, lastUsedAt: null });
    expect(shown.scopes).toEqual(["read", "publish", "manage"]);
    expect(shown.lastFour).toBe(key.slice(-4));
    const got = await gateway.call("GET", `/api-key/${shown.id}`);
    expect(got.body).toEqual(shown);
    const listed = await gateway.call("GET", "/api-key?app_id=mine");
    expect(listed.body.data).toEqual([shown]);
    expect(gateway.rows()).not.toContain(key.slice("posthorn_live_".length, -6));
  });

  it("works where a token does, with the stock client, too", async () => {
    const { key, id } = await make();
    const { body } = await whoami(key);
    expect(body).toMatchObject({ appId: null, apiKeyId: id, mode: "live", featureFlags: null });
    const svix = new Svix(key, { serverUrl: gateway.url });
    const message = await svix.message.create("mine", MESSAGE);
    expect((await svix.message.get("mine", message.id)).eventType).toBe("a.b");
    expect((await svix.application.list()).data.length).toBe(2);
  });

  it("can be renamed, and given other scopes, which hold when that is answered", async () => {
    const { id, key } = await make({ scopes: ["read"] });
    expect((await send(key)).body).toMatchObject({ detail: expect.stringContaining("publish") });
    const body = { name: "Sender", scopes: ["publish"] };
    const patched = await gateway.call("PATCH", `/api-key/${id}`, body);
    expect(patched.body).toMatchObject({ name: "Sender", scopes: ["publish"], expiresAt: null });
    expect((await send(key)).status).toBe(202);
    expect((await gateway.call("GET", "/app", undefined, key)).status).toBe(403);
  });

  it("that manages may do everything", async () => {
    const { key } = await make({ scopes: ["manage"] });
    expect((await whoami(key)).body.scopes).toEqual(["read", "publish", "manage"]);
    expect((await send(key)).status).toBe(202);
  });

  it("notes when it was used", async () => {
    const { id, key } = await make();
    const beforeMs = Date.now();
    await whoami(key);
    const lastUsedAtMs = async () =>
      Date.parse((await gateway.call("GET", `/api-key/${id}`)).body.lastUsedAt);
    await expect.poll(lastUsedAtMs).toBeGreaterThanOrEqual(beforeMs);
  });

  it.each([
    [{ name: "" }, "name"],
    [{ name: "x", scopes: [] }, "scopes"],
    [{ name: "x", scopes: ["admin"] }, "scopes"],
    [{ name: "x", mode: "dev" }, "mode"],
    [{ name: "x", appId: "nobody" }, "appId"],
    [{ name: "x", expiresAt: "2020-01-01T00:00:00Z" }, "expiresAt"],
    [{ name: "x", expiresAt: "tomorrow" }, "expiresAt"],
  ])("is not made of %j", async (body, field) => {
    const refused = await gateway.call("POST", "/api-key", body);
    expect(refused.status).toBe(422);
    expect(refused.body.detail).toHaveLength(1);
    expect(refused.body.detail[0].loc.slice(0, 2)).toEqual(["body", field]);
  });
});

describe("a key that is good no longer", () => {
  it("is told that it was revoked, as soon as that is answered", async () => {
    const { id, key } = await make();
    expect((await whoami(key)).status).toBe(200);
    expect((await gateway.call("DELETE", `/api-key/${id}`)).status).toBe(204);
    expect(await whoami(key)).toMatchObject(refusal("revoked"));
    expect((await gateway.call("GET", `/api-key/${id}`)).status).toBe(404);
    expect((await gateway.call("DELETE", `/api-key/${id}`)).status).toBe(404);
    expect((await gateway.call("POST", `/api-key/${id}/rotate`, {})).status).toBe(404);
    expect((await gateway.call("PATCH", `/api-key/${id}`, {})).status).toBe(404);
  });

  it("is told that it has expired", async () => {
    const expiresAtMs = Date.now() + HOUR_MS;
    const { key } = await make({ expiresAt: new Date(expiresAtMs).toISOString() });
    expect((await whoami(key)).status).toBe(200);
    vi.useFakeTimers({ now: expiresAtMs, toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    expect(await whoami(key)).toMatchObject(refusal("expired"));
  });

  it("is told that it was rotated, after its grace period", async () => {
    const { id, key } = await make({ expiresAt: new Date(Date.now() + HOUR_MS).toISOString() });
    const rotate = (gracePeriodSeconds: number) =>
      gateway.call("POST", `/api-key/${id}/rotate`, { gracePeriodSeconds });
    const second = (await rotate(60)).body;
    expect(second).toMatchObject({ id, lastFour: second.key.slice(-4) });
    expect((await whoami(key)).status).toBe(200);
    expect((await whoami(second.key)).body.apiKeyId).toBe(id);
    const third = (await rotate(0)).body;
    expect(await whoami(key)).toMatchObject(refusal("rotated"));
    expect(await whoami(second.key)).toMatchObject(refusal("rotated"));
    expect((await whoami(third.key)).status).toBe(200);
  });

  it("goes with its application", async () => {
    const { id } = await gateway.svix.application.create({ name: "Leaving" });
    const { key } = await make({ appId: id });
    await gateway.svix.application.delete(id);
    expect(await whoami(key)).toMatchObject(refusal("revoked"));
  });

  it("is told apart from one that there never was, and from one that is mistyped", async () => {
    const { key } = await make();
    const never = "posthorn_live_00000000000000000000000000000000000000001hkNza";
    expect(await whoami(never)).toMatchObject(refusal("no such key"));
    expect(await whoami(key.slice(0, -1))).toMatchObject(refusal("mistyped or cut off"));
  });

  function refusal(reason: string) {
    const detail = expect.stringContaining(reason);
    return { status: 401, body: { code: "authentication_failed", detail } };
  }
});

describe("a key of an application", () => {
  it("reaches that one, and publishes there", async () => {
    const { key } = await make({ appId });
    expect((await whoami(key)).body).toMatchObject({ appId, featureFlags: [] });
    expect((await send(key)).status).toBe(202);
    expect((await send(key, appId)).status).toBe(202);
    expect((await send(key, otherId)).status).toBe(404);
    expect((await gateway.call("GET", "/app/mine", undefined, key)).status).toBe(200);
    expect((await gateway.call("GET", `/app/${otherId}`, undefined, key)).status).toBe(404);
    expect((await gateway.call("GET", "/app", undefined, key)).status).toBe(403);
    expect((await gateway.call("GET", "/api-key", undefined, key)).status).toBe(403);
    expect((await gateway.call("POST", "/auth/logout", undefined, key)).status).toBe(403);
  });

  it("creates no application by the way, nor does a key that only publishes", async () => {
    const application = { name: "New", uid: "new-one" };
    for (const body of [{ appId }, { scopes: ["publish"] }]) {
      const { key } = await make(body);
      const sent = { ...MESSAGE, application };
      const { status } = await gateway.call("POST", "/app/new-one/msg", sent, key);
      expect(status).toBe(403);
    }
    const { key } = await make();
    const sent = { ...MESSAGE, application };
    expect((await gateway.call("POST", "/app/new-one/msg", sent, key)).status).toBe(202);
  });

  it("is not what an application's token is: that publishes nothing", async () => {
    const { token } = await gateway.svix.authentication.appPortalAccess("mine", {});
    expect((await send(token)).status).toBe(403);
  });
});

it("keys of another organization are nowhere", async () => {
  const { id } = await make();
  const other = await organizationToken("org_other");
  expect((await gateway.call("GET", "/api-key", undefined, other)).body.data).toEqual([]);
  for (const [method, path, body] of [
    ["GET", "", undefined],
    ["PATCH", "", { name: "x" }],
    ["DELETE", "", undefined],
    ["POST", "/rotate", {}],
  ] as const) {
    expect((await gateway.call(method, `/api-key/${id}${path}`, body, other)).status).toBe(404);
  }
});

it("the same Idempotency-Key stands for one call with a token or a live key, and another in test mode", async () => {
  const [live, test] = [await make(), await make({ mode: "test" })];
  const ids = [];
  for (const { key } of [live, live, test]) {
    const response = await fetch(`${gateway.url}/api/v1/app/mine/msg`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "idempotency-key": "once" },
      body: JSON.stringify(MESSAGE),
    });
    ids.push(((await response.json()) as { id: string }).id);
  }
  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).not.toBe(ids[0]);
});
