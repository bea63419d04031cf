import { setTimeout as delay } from "node:timers/promises";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  applicationToken,
  JWT_SECRET,
  ORGANIZATION,
  startTestGateway,
  type TestGateway,
} from "../testing/test-gateway.ts";
import { createAuthenticate } from "./authenticate.ts";

let gateway: TestGateway;
let appId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(async () => {
  appId = (await gateway.svix.application.create({ name: "One" })).id;
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function session(body = {}, of = appId): Promise<string> {
  return (await gateway.call("POST", `/auth/app-portal-access/${of}`, body)).body.token;
}

async function expireAll(body = {}, of = appId): Promise<void> {
  const answer = await gateway.call("POST", `/auth/app/${of}/expire-all`, body);
  expect([answer.status, answer.text]).toEqual([204, ""]);
}

async function statusOf(token: string): Promise<number> {
  return (await gateway.call("GET", "/auth/whoami", undefined, token)).status;
}

describe("whoami", () => {
  it("says what an organization's token stands for", async () => {
    const { body } = await gateway.call("GET", "/auth/whoami");
    expect(body).toMatchObject({
      envId: ORGANIZATION,
      appId: null,
      permissionSource: "SvixJwt",
      sessionId: null,
      featureFlags: null,
    });
    expect(body.capabilities).toContain("ManageEndpoint");
  });

  it("says what an application's token stands for", async () => {
    const capabilities = ["ManageEndpointSecret"];
    const token = await session({ capabilities, featureFlags: ["beta"], sessionId: "ida" });
    const { body } = await gateway.call("GET", "/auth/whoami", undefined, token);
    expect(body).toMatchObject({
      envId: ORGANIZATION,
      appId,
      sessionId: "ida",
      capabilities: ["ViewBase", "ViewEndpointSecret", "ManageEndpointSecret"],
      featureFlags: ["beta"],
    });
  });
});

describe("logout", () => {
  it("revokes the token of the call at once, in other processes too, and no other", async () => {
    const [token, other] = [
      await session({ sessionId: "ida" }),
      await session({ sessionId: "ida" }),
    ];
    const elsewhere = createAuthenticate(JWT_SECRET, gateway.store);
    // Both have verified it, and remember so.
    expect(await statusOf(token)).toBe(200);
    await elsewhere(`Bearer ${token}`);

    const answer = await gateway.call("POST", "/auth/logout", undefined, token);
    expect([answer.status, answer.text]).toEqual([204, ""]);
    const after = await gateway.call("GET", "/auth/whoami", undefined, token);
    expect(after.status).toBe(401);
    expect(after.body).toMatchObject({
      code: "authentication_failed",
      detail: expect.stringContaining("revoked"),
    });
    await expect(elsewhere(`Bearer ${token}`)).rejects.toMatchObject({ problem: { status: 401 } });
    expect(await statusOf(other)).toBe(200);
  });

  it("revokes a token that a producer made by hand, in whatever spelling of its signature", async () => {
    const token = await applicationToken(appId);
    await gateway.call("POST", "/auth/logout", undefined, token);
    expect(await statusOf(token)).toBe(401);
    // The last character of 43 carries two bits that no byte of the signature has.
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = alphabet.indexOf(token.at(-1) ?? "");
    const spellings = [0, 1, 2, 3].map((bits) => token.slice(0, -1) + alphabet[(last & ~3) + bits]);
    for (const spelling of spellings) expect(await statusOf(spelling)).toBe(401);
  });

  it("revokes each token that asks, also with an Idempotency-Key that another has used", async () => {
    const tokens = [await session(), await session()];
    for (const token of tokens) {
      const headers = { authorization: `Bearer ${token}`, "idempotency-key": "logout" };
      const url = `${gateway.url}/api/v1/auth/logout`;
      expect((await fetch(url, { method: "POST", headers })).status).toBe(204);
      expect(await statusOf(token)).toBe(401);
    }
  });

  it("is not for an organization's token, which stays good", async () => {
    const answer = await gateway.call("POST", "/auth/logout");
    expect(answer.status).toBe(403);
    expect(answer.body.detail).toContain("Only a token of an application");
    expect(await statusOf(gateway.token)).toBe(200);
  });
});

describe("expire-all", () => {
  it("revokes what was issued before it, not what is issued after it, within a second", async () => {
    for (let round = 0; round < 5; round++) {
      const before = await session();
      await expireAll();
      const after = await session();
      expect(await statusOf(before)).toBe(401);
      expect(await statusOf(after)).toBe(200);
    }
  });

  it("is answered when the millisecond that it revokes is over, and not before", async () => {
    const nowMs = Date.now();
    vi.useFakeTimers({ now: nowMs, toFake: ["Date"] });
    try {
      const before = await session();
      let isAnswered = false;
      const answered = expireAll().then(() => (isAnswered = true));
      // Not with expect.poll, which would move the clock.
      while (!gateway.rows().includes(`"${appId}","subject":"all"`)) await delay(1);
      await delay(50);
      expect(isAnswered).toBe(false);
      vi.setSystemTime(nowMs + 1);
      await answered;
      expect(await statusOf(await session())).toBe(200);
      expect(await statusOf(before)).toBe(401);
    } finally {
      vi.useRealTimers();
    }
  });

  it("revokes a token made by hand in the same second: it may have been before", async () => {
    const token = await applicationToken(appId);
    await expireAll();
    expect(await statusOf(token)).toBe(401);
    const later = Math.floor(Date.now() / 1_000) + 1;
    expect(await statusOf(await applicationToken(appId, { iat_ms: later * 1_000 }))).toBe(200);
  });

  it("leaves other applications, and the organization", async () => {
    const other = await session({}, (await gateway.svix.application.create({ name: "Other" })).id);
    await expireAll();
    expect(await statusOf(other)).toBe(200);
    expect(await statusOf(gateway.token)).toBe(200);
  });

  it("is confined to the sessions that it names", async () => {
    const [ida, ben, none] = await Promise.all([
      session({ sessionId: "ida" }),
      session({ sessionId: "ben" }),
      session(),
    ]);
    await expireAll({ sessionIds: ["ida", "eva", "ida"] });
    expect(await Promise.all([ida, ben, none].map(statusOf))).toEqual([401, 200, 200]);
    await expireAll({ sessionIds: [] });
    expect(await Promise.all([ida, ben, none].map(statusOf))).toEqual([401, 401, 401]);
  });

  it("lets tokens live on for as long as it says", async () => {
    const token = await session();
    await expireAll({ expiry: 600 });
    expect(await statusOf(token)).toBe(200);
    vi.useFakeTimers({ now: Date.now() + 600_000, toFake: ["Date"] });
    const late = await statusOf(token);
    vi.useRealTimers();
    expect(late).toBe(401);
  });

  it.each([
    [{ expiry: -1 }, "expiry"],
    [{ expiry: 259_201 }, "expiry"],
    [{ expiry: 1.5 }, "expiry"],
    [{ sessionIds: ["a b"] }, "sessionIds"],
    [{ sessionIds: [""] }, "sessionIds"],
    [{ sessionIds: Array.from({ length: 1_001 }, (_, i) => `s${i}`) }, "sessionIds"],
  ])("refuses %j", async (body, field) => {
    const before = gateway.rows();
    const answer = await gateway.call("POST", `/auth/app/${appId}/expire-all`, body);
    expect(answer.status).toBe(422);
    expect(answer.body.detail[0].loc.slice(0, 2)).toEqual(["body", field]);
    expect(gateway.rows()).toBe(before);
  });

  it("knows applications by their uid, and says 404 of those that are not there", async () => {
    await gateway.svix.application.create({ name: "Named", uid: "named" });
    await expireAll({}, "named");
    expect((await gateway.call("POST", "/auth/app/none/expire-all", {})).status).toBe(404);
  });
});

describe("a token of an application that is gone", () => {
  it("is good for nothing, not even for what belongs to the organization", async () => {
    const token = await session();
    await gateway.call("DELETE", `/app/${appId}`);
    expect(await statusOf(token)).toBe(401);
    expect((await gateway.call("GET", "/event-type", undefined, token)).status).toBe(401);
  });

  it("is as bad if it never was there, or belongs to another organization", async () => {
    expect(await statusOf(await applicationToken(`app_${"a".repeat(27)}`))).toBe(401);
    expect(await statusOf(await applicationToken(appId, { org: "org_other" }))).toBe(401);
  });
});

describe("a token of an application that a producer made by hand", () => {
  it("may do everything, and sees no event type behind a flag, unless it says otherwise", async () => {
    const whole = await whoami({});
    expect(whole.capabilities).toContain("ManageEndpoint");
    expect(whole.featureFlags).toEqual([]);
    const confined = await whoami({
      capabilities: ["CreateAttempts", "FlyToTheMoon"],
      feature_flags: ["beta"],
      session_id: "ida",
    });
    expect(confined).toMatchObject({
      capabilities: ["ViewBase", "CreateAttempts"],
      featureFlags: ["beta"],
      sessionId: "ida",
    });
  });

  it.each([
    [{ capabilities: "all" }],
    [{ capabilities: [1] }],
    [{ feature_flags: "beta" }],
    [{ feature_flags: ["\0"] }],
    [{ session_id: 7 }],
    [{ session_id: "\0" }],
    [{ iat_ms: "now" }],
    [{ iat_ms: 1e300 }],
    [{ feature_flags: Array.from({ length: 501 }, (_, i) => `f${i}`) }],
  ])("is refused with %j", async (claims) => {
    const answer = await gateway.call(
      "GET",
      "/auth/whoami",
      undefined,
      await applicationToken(appId, claims),
    );
    expect(answer.status).toBe(401);
  });

  it("may be of a fraction of a second, and is revoked as others are", async () => {
    const token = await applicationToken(appId, { iat_ms: Date.now() - 0.5 });
    const answer = await gateway.call("POST", "/auth/logout", undefined, token);
    expect([answer.status, await statusOf(token)]).toEqual([204, 401]);
  });

  it("sees event types with as many feature flags as one may have", async () => {
    const flags = Array.from({ length: 500 }, (_, i) => `f${i}`);
    const token = await applicationToken(appId, { feature_flags: flags });
    expect((await gateway.call("GET", "/event-type", undefined, token)).status).toBe(200);
  });

  async function whoami(claims: Readonly<Record<string, unknown>>) {
    const token = await applicationToken(appId, claims);
    return (await gateway.call("GET", "/auth/whoami", undefined, token)).body;
  }
});

it("an organization's token costs no query", async () => {
  const ask = () => expect.unreachable("asked the store");
  const asked = { tokens: { isGood: ask }, apiKeys: { findBySecret: ask, noteUse: ask } };
  const authenticate = createAuthenticate(JWT_SECRET, asked);
  expect(await authenticate(`Bearer ${gateway.token}`)).toMatchObject({ applicationId: null });
});

it("a session's token says when it was issued to the millisecond, and lasts as long as asked", async () => {
  const beforeMs = Date.now();
  const claims = decodeJwt(await session({ expiry: 3_600 }));
  expect(claims["iat_ms"]).toBeGreaterThanOrEqual(beforeMs);
  expect(claims.iat).toBe(Math.floor(Number(claims["iat_ms"]) / 1_000));
  expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(3_600);
});

describe("an event type behind a feature flag", () => {
  it("cannot be subscribed to with a token that has not the flag, as if it did not exist", async () => {
    await gateway.svix.eventType.create({
      name: "new.thing",
      description: "",
      featureFlags: ["beta"],
    });
    const subscribe = async (method: string, path: string, featureFlags: readonly string[]) => {
      const body = { url: "https://a.example/hooks", eventTypes: ["new.thing"] };
      const token = await session({ featureFlags });
      return gateway.call(method, `/app/${appId}/endpoint${path}`, body, token);
    };
    const refused = await subscribe("POST", "", ["alpha"]);
    expect(refused.status).toBe(422);
    expect(refused.body.detail[0].msg).toContain("don't exist: new.thing");
    expect((await subscribe("PUT", "/one", [])).status).toBe(422);
    expect((await subscribe("PUT", "/one", ["beta"])).status).toBe(201);
    expect((await subscribe("PATCH", "/one", [])).status).toBe(422);
    expect((await subscribe("PATCH", "/one", ["alpha", "beta"])).status).toBe(200);
    const whole = { url: "https://a.example/hooks", eventTypes: ["new.thing"] };
    expect((await gateway.call("POST", `/app/${appId}/endpoint`, whole)).status).toBe(201);
  });
});
