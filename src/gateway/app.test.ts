import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./testing/test-gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe("the gateway", () => {
  it("tells whoever asks how it is", async () => {
    const health = await fetch(`${gateway.url}/api/v1/health`);
    expect(health.status).toBe(200);
    const fine = { status: "ok" };
    expect(await health.json()).toEqual({ database: fine, queue: fine, cache: fine });
    const head = await fetch(`${gateway.url}/api/v1/health`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect((await fetch(`${gateway.url}/api/v1/health/ping`)).status).toBe(204);
    expect(await (await fetch(`${gateway.url}/metrics`)).text()).toBe("posthorn_up 1\n");
  });

  it("lets pages of any origin call", async () => {
    const preflight = await fetch(`${gateway.url}/api/v1/app/x/endpoint`, {
      method: "OPTIONS",
      headers: {
        origin: "https://shop.example",
        "access-control-request-method": "PATCH",
        "access-control-request-headers": "authorization,content-type,idempotency-key",
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-allow-methods")).toContain("PATCH");
    expect(preflight.headers.get("access-control-allow-headers")).toContain("idempotency-key");
    const refused = await gateway.call("GET", "/app", undefined, "nonsense");
    expect(refused.headers.get("access-control-allow-origin")).toBe("*");
  });

  it("serves paths with a slash at the end, too", async () => {
    expect((await gateway.call("GET", "/app/")).status).toBe(200);
  });

  it("answers with JSON, its length, and no name of its software", async () => {
    const { headers, text } = await gateway.call("GET", "/app");
    expect(headers.get("content-type")).toBe("application/json");
    expect(headers.get("content-length")).toBe(String(Buffer.byteLength(text)));
    expect(headers.get("x-powered-by")).toBeNull();
  });
});
