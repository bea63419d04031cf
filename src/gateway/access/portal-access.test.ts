import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

let gateway: TestGateway;
let appId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(async () => {
  appId = (await gateway.svix.application.create({ name: "One" })).id;
});
afterAll(() => gateway[Symbol.asyncDispose]());

function access(body: unknown = {}, of = appId) {
  return gateway.call("POST", `/auth/app-portal-access/${of}`, body);
}

function exchange(oneTimeToken: unknown) {
  return gateway.call("POST", "/auth/one-time-token", { oneTimeToken }, "");
}

function keyOf(url: string): { appId: string; oneTimeToken: string } {
  const { hash } = new URL(url);
  return JSON.parse(Buffer.from(hash.replace("#key=", ""), "base64url").toString());
}

describe("access to the portal", () => {
  it("is a token, and a link with another that can be exchanged for it", async () => {
    const { status, body } = await access({ capabilities: ["CreateAttempts"] });
    expect(status).toBe(200);
    const { oneTimeToken, ...key } = keyOf(body.url);
    expect(key).toEqual({ appId });
    expect(body.url).toMatch(new RegExp(`^${gateway.url}/portal#key=`));
    expect(body.url).not.toContain(body.token);

    const exchanged = await exchange(oneTimeToken);
    expect(exchanged.status).toBe(200);
    expect(exchanged.body).toEqual({
      token: body.token,
      capabilities: ["ViewBase", "CreateAttempts"],
    });
    const { token } = exchanged.body;
    expect((await gateway.call("GET", `/app/${appId}`, undefined, token)).status).toBe(200);
  });

  it("is what the stock client asks for", async () => {
    const { token, url } = await gateway.svix.authentication.appPortalAccess(appId, {
      featureFlags: [],
      expiry: 7_200,
    });
    expect(decodeJwt(token).sub).toBe(appId);
    expect(keyOf(url).appId).toBe(appId);
  });

  it("links to where the installation says that it is reached", async () => {
    await using other = await startTestGateway({ publicUrl: "https://hooks.example/base" });
    await other.svix.application.create({ name: "A", uid: "a" });
    const { body } = await other.call("POST", "/auth/app-portal-access/a", {});
    expect(body.url).toMatch(/^https:\/\/hooks\.example\/base\/portal#key=/);
  });

  it.each([
    [{}, 6],
    [{ capabilities: null }, 6],
    [{ capabilities: [] }, 1],
    [{ capabilities: ["ViewBase"] }, 1],
    [{ capabilities: ["ManageEndpoint", "ManageEndpoint"] }, 4],
    [{ readOnly: false }, 6],
    [{ readOnly: true }, 1],
    [{ readOnly: true, capabilities: ["ManageEndpoint"] }, 1],
  ])("with %j has that many capabilities: %i", async (body, count) => {
    const { token } = (await access(body)).body;
    const me = await gateway.call("GET", "/auth/whoami", undefined, token);
    expect(me.body.capabilities.length).toBe(count);
  });

  it("lasts seven days, or as long as asked", async () => {
    const lifeOf = async (body: unknown) => {
      const { iat = 0, exp = 0 } = decodeJwt((await access(body)).body.token);
      return exp - iat;
    };
    expect(await lifeOf({})).toBe(604_800);
    expect(await lifeOf({ expiry: 3_600 })).toBe(3_600);
  });

  it("creates the application, if it is not there", async () => {
    const application = { name: "New", uid: "new-one" };
    const first = await access({ application }, "new-one");
    const second = await access({ application: { ...application, name: "Other" } }, "new-one");
    expect(decodeJwt(second.body.token).sub).toBe(decodeJwt(first.body.token).sub);
    expect((await gateway.call("GET", "/app/new-one")).body.name).toBe("New");

    const misnamed = await access({ application }, "another");
    expect(misnamed.status).toBe(422);
    expect(misnamed.body.detail[0].loc).toEqual(["body", "application", "uid"]);
    expect((await access({}, "another")).status).toBe(404);
  });

  it.each([
    [{ expiry: 3_599 }, "expiry"],
    [{ expiry: 604_801 }, "expiry"],
    [{ capabilities: ["Fly"] }, "capabilities"],
    [{ featureFlags: ["a b"] }, "featureFlags"],
    [{ featureFlags: Array.from({ length: 26 }, (_, i) => `f${i}`) }, "featureFlags"],
    [{ sessionId: "a b" }, "sessionId"],
    [{ sessionId: "" }, "sessionId"],
    [{ sessionId: "x".repeat(65) }, "sessionId"],
    [{ readOnly: "yes" }, "readOnly"],
    [{ application: { name: "" } }, "application"],
  ])("is refused with %j", async (body, field) => {
    const before = gateway.rows();
    const answer = await access(body);
    expect(answer.status).toBe(422);
    expect(answer.body.detail[0].loc.slice(0, 2)).toEqual(["body", field]);
    expect(gateway.rows()).toBe(before);
  });

  it("is there under its older name, with no body", async () => {
    const { status, body } = await gateway.call("POST", `/auth/dashboard-access/${appId}`);
    expect(status).toBe(200);
    expect((await exchange(keyOf(body.url).oneTimeToken)).body.token).toBe(body.token);
  });
});

describe("a one-time token", () => {
  it("is exchanged once, also by two at the same time", async () => {
    const { oneTimeToken } = keyOf((await access()).body.url);
    const answers = await Promise.all([1, 2, 3].map(() => exchange(oneTimeToken)));
    const codes = answers.map(({ body }) => String(body.code ?? "exchanged"));
    expect(codes.toSorted((a, b) => a.localeCompare(b))).toEqual([
      "exchanged",
      "one_time_token_used",
      "one_time_token_used",
    ]);
    const again = await exchange(oneTimeToken);
    expect(again.body).toMatchObject({ code: "one_time_token_used" });
  });

  it("is not kept where a reader of the database could use it", async () => {
    // With an Idempotency-Key, which the stock client sends, the answer itself is kept, too.
    const asked = { idempotencyKey: "once" };
    const ask = () => gateway.svix.authentication.appPortalAccess(appId, {}, asked);
    const { url, token } = await ask();
    expect(await ask()).toEqual({ url, token });
    const rows = gateway.rows();
    expect(rows).toContain(appId);
    expect(rows).not.toContain(url);
    expect(rows).not.toContain(keyOf(url).oneTimeToken);
    expect(rows).not.toContain(token);
  });

  it("is refused, with a reason, once its session has expired or was revoked, or if it never was", async () => {
    const { oneTimeToken } = keyOf((await access({ expiry: 3_600 })).body.url);
    vi.useFakeTimers({ now: Date.now() + 3_600_001, toFake: ["Date"] });
    const late = await exchange(oneTimeToken);
    vi.useRealTimers();
    expect([late.status, late.body.code]).toEqual([401, "one_time_token_expired"]);

    const revoked = keyOf((await access()).body.url).oneTimeToken;
    await gateway.call("POST", `/auth/app/${appId}/expire-all`, {});
    const answer = await exchange(revoked);
    expect([answer.status, answer.body.code]).toEqual([401, "one_time_token_revoked"]);

    const unknown = await exchange("guessed");
    expect([unknown.status, unknown.body.code]).toEqual([401, "one_time_token_unknown"]);
  });

  it("has to be text", async () => {
    for (const body of [7, null, undefined]) expect((await exchange(body)).status).toBe(422);
  });
});
