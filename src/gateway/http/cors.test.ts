import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const PORTAL = "https://portal.example.com";
const STRANGER = "https://stranger.example";

/** As a browser asks before it lets a page send what is not simple. */
function preflight(gateway: TestGateway, origin: string, method = "PATCH") {
  return fetch(`${gateway.url}/api/v1/app/x/endpoint/y`, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": method,
      "access-control-request-headers": "authorization,content-type,idempotency-key,svix-req-id",
    },
  });
}

function names(headers: Headers, name: string): readonly string[] {
  return (headers.get(name) ?? "").split(/, ?/);
}

describe("where any page may call", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  it.each(["GET", "POST", "PUT", "PATCH", "DELETE"])("%s is let", async (method) => {
    const { status, headers } = await preflight(gateway, STRANGER, method);
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(names(headers, "access-control-allow-methods")).toContain(method);
    const asked = ["authorization", "content-type", "idempotency-key", "svix-req-id"];
    expect(names(headers, "access-control-allow-headers")).toEqual(asked);
    expect(Number(headers.get("access-control-max-age"))).toBeGreaterThan(600);
    expect(headers.get("access-control-allow-credentials")).toBeNull();
  });

  it("a page may read what it is answered, refusals too, and the headers that help it", async () => {
    for (const token of [gateway.token, "nonsense"]) {
      const { headers } = await fetch(`${gateway.url}/api/v1/app`, {
        headers: { origin: STRANGER, authorization: `Bearer ${token}` },
      });
      expect(headers.get("access-control-allow-origin")).toBe("*");
      const exposed = names(headers, "access-control-expose-headers");
      expect(exposed).toEqual(expect.arrayContaining(["x-request-id", "retry-after"]));
    }
  });

  it("what asks only which methods there are is told all", async () => {
    const { headers } = await fetch(`${gateway.url}/api/v1/app`, { method: "OPTIONS" });
    const allowed = names(headers, "access-control-allow-headers");
    expect(allowed).toEqual(expect.arrayContaining(["authorization", "idempotency-key"]));
  });
});

describe("where only some pages may call", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({ corsOrigins: [PORTAL, "http://localhost:3000"] });
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  it.each([PORTAL, "http://localhost:3000"])("%s may", async (origin) => {
    const { headers } = await preflight(gateway, origin);
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(names(headers, "vary")).toContain("origin");
    const answer = await fetch(`${gateway.url}/api/v1/health`, { headers: { origin } });
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    expect(answer.headers.get("access-control-expose-headers")).toContain("x-request-id");
    // A cache must not give to one origin what it keeps for another.
    expect(names(answer.headers, "vary")).toContain("origin");
  });

  it.each([STRANGER, "null", `${PORTAL}.evil.example`, "http://portal.example.com"])(
    "%s may not",
    async (origin) => {
      const { status, headers } = await preflight(gateway, origin);
      expect(status).toBe(204);
      expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
      const answer = await fetch(`${gateway.url}/api/v1/health`, { headers: { origin } });
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
      expect(names(answer.headers, "vary")).toContain("origin");
    },
  );

  it("programs, which have no origin, may", async () => {
    expect((await gateway.call("GET", "/app")).status).toBe(200);
  });
});
