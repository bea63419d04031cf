import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import {
  applicationToken,
  JWT_SECRET,
  ORGANIZATION,
  organizationToken,
  startTestGateway,
  type TestGateway,
} from "../testing/test-gateway.ts";
import { CLOCK_SKEW_S } from "./token-claims.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

function jwt(claims = {}, { alg = "HS256", secret = JWT_SECRET, issuer = "svix-server" } = {}) {
  const token = new SignJWT({ sub: ORGANIZATION, ...claims }).setProtectedHeader({ alg });
  return token.setIssuer(issuer).sign(new TextEncoder().encode(secret));
}

function seconds(fromNow: number): number {
  return Math.floor(Date.now() / 1_000) + fromNow;
}

function unsigned(): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part({ sub: ORGANIZATION, iss: "svix-server" })}.`;
}

describe("a token is refused", () => {
  it.each<[string, () => string | Promise<string>, string]>([
    ["that has expired", () => jwt({ exp: seconds(-60) }), "Invalid token: it has expired"],
    ["that is not yet valid", () => jwt({ nbf: seconds(600) }), "Invalid token"],
    ["of another issuer", () => jwt({}, { issuer: "someone" }), "Invalid token"],
    ["signed with another secret", () => jwt({}, { secret: "x".repeat(40) }), "Invalid token"],
    ["that is not signed", unsigned, "Invalid token"],
    ["signed with HS512", () => jwt({}, { alg: "HS512" }), "Invalid token"],
    ["that is no JWT", () => "abc", "Invalid token"],
    ["whose subject is neither", () => jwt({ sub: "user_1" }), "names neither"],
    ["of an application of no organization", () => jwt({ sub: `app_${"a".repeat(27)}` }), "names"],
  ])("%s", async (_what, token, detail) => {
    const answer = await gateway.call("GET", "/app", undefined, await token());
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({
      code: "authentication_failed",
      detail: expect.stringContaining(detail),
    });
  });

  it("that is the secret itself, with words about what to do", async () => {
    const secret = JWT_SECRET.replaceAll(" ", "_");
    const { createAuthenticate } = await import("./authenticate.ts");
    const authenticate = createAuthenticate(secret, gateway.store);
    await expect(authenticate(`Bearer ${secret}`)).rejects.toMatchObject({
      problem: { status: 401, body: { detail: expect.stringContaining("the JWT secret itself") } },
    });
  });

  it("that is missing, before the body is read", async () => {
    const response = await fetch(`${gateway.url}/api/v1/app`, { method: "POST", body: "{" });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: "authentication_failed" });
  });

  it("that was accepted before, once it has expired", async () => {
    const expiresAtS = seconds(60);
    const token = await jwt({ exp: expiresAtS });
    const statusAfterS = async (pastS: number) => {
      vi.useFakeTimers({ now: (expiresAtS + pastS) * 1_000, toFake: ["Date"] });
      return (await gateway.call("GET", "/app", undefined, token)).status;
    };
    onTestFinished(() => void vi.useRealTimers());
    expect((await gateway.call("GET", "/app", undefined, token)).status).toBe(200);
    // Within the tolerance for clocks that differ.
    expect(await statusAfterS(CLOCK_SKEW_S - 1)).toBe(200);
    expect(await statusAfterS(CLOCK_SKEW_S + 1)).toBe(401);
  });
});

describe("an organization's token", () => {
  it("reaches nothing of another organization", async () => {
    const app = await gateway.svix.application.create({ name: "Mine", uid: "mine" });
    const other = await organizationToken(`org_${"b".repeat(27)}`);
    for (const path of ["/app/mine", `/app/${app.id}`, "/app/mine/endpoint", "/app/mine/msg"]) {
      expect((await gateway.call("GET", path, undefined, other)).status).toBe(404);
    }
    const body = { eventType: "a.b", payload: {} };
    expect((await gateway.call("POST", "/app/mine/msg", body, other)).status).toBe(404);
    expect((await gateway.call("GET", "/app", undefined, other)).body.data).toEqual([]);
  });
});

describe("an application's token", () => {
  it("works on its own application's endpoints, messages and attempts", async () => {
    const { id } = await gateway.svix.application.create({ name: "One", uid: "one" });
    const token = await applicationToken(id);
    const call = (method: string, path: string, body?: unknown) =>
      gateway.call(method, path, body, token);
    expect((await call("GET", "/app/one")).status).toBe(200);
    const endpoint = await call("POST", "/app/one/endpoint", { url: "https://a.example" });
    expect(endpoint.status).toBe(201);
    const at = `/app/${id}/endpoint/${endpoint.body.id}`;
    expect((await call("GET", `${at}/secret`)).status).toBe(200);
    expect((await call("GET", `${at}/stats`)).status).toBe(200);
    expect((await call("GET", `${at}/msg`)).status).toBe(200);
    expect((await call("POST", `${at}/secret/rotate`, {})).status).toBe(204);
    expect((await call("PUT", `${at}/headers`, { headers: {} })).status).toBe(204);
    expect((await call("GET", `/app/one/attempt/endpoint/${endpoint.body.id}`)).status).toBe(200);
    expect((await call("GET", "/app/one/msg")).status).toBe(200);
    expect((await call("GET", "/event-type")).status).toBe(200);
    expect((await call("DELETE", at)).status).toBe(204);
  });

  it("is told 404 of other applications", async () => {
    const own = await gateway.svix.application.create({ name: "Own" });
    await gateway.svix.application.create({ name: "Theirs", uid: "theirs" });
    const token = await applicationToken(own.id);
    for (const path of ["/app/theirs", "/app/theirs/endpoint", "/app/theirs/msg", "/app/none"]) {
      expect((await gateway.call("GET", path, undefined, token)).status).toBe(404);
    }
  });

  it.each([
    ["GET", "/app"],
    ["POST", "/app"],
    ["PUT", "/app/two"],
    ["PATCH", "/app/two"],
    ["DELETE", "/app/two"],
    ["POST", "/app/two/msg"],
    ["DELETE", "/app/two/msg/one/content"],
    ["DELETE", "/app/two/msg/one/attempt/one/content"],
    ["POST", "/event-type"],
    ["PUT", "/event-type/a"],
    ["PATCH", "/event-type/a"],
    ["DELETE", "/event-type/a"],
  ])("may not %s %s", async (method, path) => {
    const { id } = await gateway.svix.application.getOrCreate({ name: "Two", uid: "two" });
    const token = await applicationToken(id);
    const answer = await gateway.call(method, path, method === "GET" ? undefined : {}, token);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: "insufficient_access" });
  });
});
