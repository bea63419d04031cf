import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHealthApp } from "../app.ts";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const MADE = /^req_[0-9a-f-]{36}$/;

async function idOf(path: string, headers: Record<string, string> = {}, method = "GET") {
  const response = await fetch(gateway.url + path, { method, headers });
  await response.text();
  return response.headers.get("x-request-id");
}

describe("every answer", () => {
  it.each([
    ["200", "/api/v1/health"],
    ["204", "/api/v1/health/ping"],
    ["401", "/api/v1/app"],
    ["404", "/nowhere"],
    ["the page", "/docs"],
    ["metrics", "/metrics"],
  ])("has a request id: %s", async (_what, path) => {
    expect(await idOf(path)).toMatch(MADE);
    expect(await idOf(path, { "svix-req-id": "1234" })).toBe("1234");
  });

  it("to a preflight has one, too", async () => {
    expect(await idOf("/api/v1/app", { origin: "https://a.example" }, "OPTIONS")).toMatch(MADE);
  });

  it("has one of its own", async () => {
    expect(await idOf("/nowhere")).not.toBe(await idOf("/nowhere"));
  });
});

describe("a request id", () => {
  it.each<[string, Record<string, string>, string | RegExp]>([
    ["of the stock clients", { "svix-req-id": "8203", "x-request-id": "proxy" }, "8203"],
    ["of a proxy", { "x-request-id": "Root=1-67891233-abcdef" }, "Root=1-67891233-abcdef"],
    [
      "of a proxy, if the client's is of no use",
      { "svix-req-id": "a b", "x-request-id": "p" },
      "p",
    ],
    ["of 128 characters", { "x-request-id": "a".repeat(128) }, "a".repeat(128)],
    ["of 129 characters, which is too long", { "x-request-id": "a".repeat(129) }, MADE],
    ["that could break a log", { "x-request-id": '{"a":1}' }, MADE],
    ["that is empty", { "x-request-id": "" }, MADE],
  ])("%s is taken if it is well-formed, else made", async (_what, headers, expected) => {
    expect(await idOf("/api/v1/health/ping", headers)).toEqual(
      typeof expected === "string" ? expected : expect.stringMatching(expected),
    );
  });
});

describe("what is logged", () => {
  /** Something that fails, and something that does not, without a store. */
  async function serveLogged(level: string) {
    const lines: Record<string, unknown>[] = [];
    const write = (line: string): void => void lines.push(JSON.parse(line));
    const app = createHealthApp({
      health: () => Promise.reject(new Error("broken")),
      metrics: () => Promise.resolve(""),
      logger: pino({ level }, { write }),
    });
    const server = createServer(app).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return {
      lines,
      url: `http://127.0.0.1:${port}`,
      async [Symbol.asyncDispose]() {
        server.closeAllConnections();
        server.close();
        await once(server, "close");
      },
    };
  }

  it("of a failure of ours has the id that its caller is told", async () => {
    await using served = await serveLogged("info");
    const response = await fetch(`${served.url}/api/v1/health?a=b`, {
      headers: { "svix-req-id": "77" },
    });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      code: "internal_error",
      detail: expect.stringContaining("77"),
    });
    expect(served.lines).toEqual([
      expect.objectContaining({
        requestId: "77",
        method: "GET",
        url: "/api/v1/health?a=b",
        err: expect.objectContaining({ message: "broken" }),
      }),
    ]);
  });

  it("is a line for each request, at level debug only", async () => {
    await using loud = await serveLogged("debug");
    await fetch(`${loud.url}/api/v1/health/ping?a=b`, { headers: { "x-request-id": "one" } });
    await expect.poll(() => loud.lines).toHaveLength(1);
    expect(loud.lines[0]).toMatchObject({
      requestId: "one",
      method: "GET",
      url: "/api/v1/health/ping?a=b",
      status: 204,
      durationMs: expect.any(Number),
      msg: "request",
    });
    await using quiet = await serveLogged("info");
    await (await fetch(`${quiet.url}/api/v1/health/ping`)).text();
    expect(quiet.lines).toEqual([]);
  });
});
