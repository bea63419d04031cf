import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./testing/test-gateway.ts";

const BYTES_MAX = 4_096;
const FAST = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ payloadBytesMax: BYTES_MAX });
});
afterAll(() => gateway[Symbol.asyncDispose]());

type Asked = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | number>>;
};

/** As it is written: `fetch` would repair some of it. */
async function ask(path: string, options: Asked = {}, ...chunks: readonly Uint8Array[]) {
  const { port } = new URL(gateway.url);
  const headers = { authorization: `Bearer ${gateway.token}`, ...options.headers };
  const asked = request({ port, path: `/api/v1${path}`, ...options, headers });
  // What is refused early may be refused while it is still being written.
  asked.on("error", () => undefined);
  for (const chunk of chunks) asked.write(chunk);
  asked.end();
  const [response] = await once(asked, "response");
  return { status: Number(response.statusCode), body: JSON.parse(await text(response)) };
}

function post(bytes: Uint8Array, headers: Record<string, string | number> = {}) {
  return ask("/app", { method: "POST", headers }, bytes);
}

function application(length: number): Buffer {
  const empty = JSON.stringify({ name: "A", metadata: {}, padding: "" });
  return Buffer.from(empty.replace('""', `"${"x".repeat(length - empty.length)}"`));
}

describe("a body", () => {
  it("may have as many bytes as are allowed, and not one more", async () => {
    expect((await post(application(BYTES_MAX))).status).toBe(201);
    const { status, body } = await post(application(BYTES_MAX + 1));
    expect(status).toBe(413);
    expect(body.code).toBe("payload_too_large");
    expect(body.detail).toContain(String(BYTES_MAX));
  });

  it("may come in chunks, which are counted as they come", async () => {
    const chunked = { method: "POST", headers: { "transfer-encoding": "chunked" } };
    const bytes = application(BYTES_MAX);
    const parts = [bytes.subarray(0, 10), bytes.subarray(10)];
    expect((await ask("/app", chunked, ...parts)).status).toBe(201);
    expect((await ask("/app", chunked, ...parts, Buffer.from(" "))).status).toBe(413);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", (bytes: Uint8Array) => brotliCompressSync(bytes, FAST)],
  ])("may be packed with %s, and is as large as it is unpacked", async (encoding, pack) => {
    const headers = { "content-encoding": encoding };
    expect((await post(pack(application(BYTES_MAX)), headers)).status).toBe(201);
    expect((await post(pack(application(BYTES_MAX + 1)), headers)).status).toBe(413);
    const bomb = pack(Buffer.alloc(96 * 1024 * 1024, 32));
    const before = process.memoryUsage().rss;
    expect((await post(bomb, headers)).status).toBe(413);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  it.each([
    ["an encoding that nobody knows", "rot13", application(100), 415],
    ["a wrong claim to be gzip", "gzip", application(100), 400],
    ["gzip that breaks off", "gzip", gzipSync(application(1_000)).subarray(0, 30), 400],
  ])("is refused for %s", async (_what, encoding, bytes, status) => {
    const answer = await post(bytes, { "content-encoding": encoding });
    expect(answer).toEqual({
      status,
      body: { code: expect.any(String), detail: expect.stringMatching(/../) },
    });
  });

  it("that breaks off leaves nothing behind, and harms nobody else", async () => {
    const before = gateway.rows();
    const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1");
    socket.write(
      `POST /api/v1/app HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${gateway.token}\r\n` +
        'Content-Length: 1000\r\n\r\n{"name":"Half',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await once(socket, "close");
    expect((await ask("/app")).status).toBe(200);
    expect(gateway.rows()).toBe(before);
  });
});

describe("a path", () => {
  it.each([
    ["an escape that is none", "/app/%zz", 400],
    ["an escape that breaks off", "/app/%e", 400],
    ["what is not UTF-8", "/app/%ff%fe", 400],
    ["a zero", "/app/a%00b", 404],
    ["half of a surrogate pair", "/app/%ed%a0%80", 400],
    ["a slash, escaped", "/app/a%2fb", 404],
    ["dots", "/app/../../metrics/x", 404],
  ])("with %s names nothing", async (_what, path, status) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ code: expect.any(String), detail: expect.stringMatching(/../) });
  });
});

describe("a query", () => {
  it.each([
    ["the same name twice", "limit=1&limit=2", 400],
    ["an escape that is none", "limit=%zz", 400],
    ["a zero", "iterator=%00", 422],
    ["a name that every object has", "__proto__=1&constructor=2&toString=3", 200],
    ["two thousand names", Array.from({ length: 2_000 }, (_, i) => `n${i}`).join("&"), 200],
    ["nothing between signs", "&&&=&=", 200],
    ["a name in brackets", "limit[a][b]=1&limit[=1", 200],
  ])("with %s", async (_what, query, status) => {
    expect((await ask(`/app?${query}`)).status).toBe(status);
  });

  it("that is larger than a request's head may be is refused", async () => {
    const response = await fetch(`${gateway.url}/api/v1/app?a=${"a".repeat(20_000)}`);
    expect(response.status).toBe(431);
  });
});

it("leads from the root to the reference", async () => {
  const response = await fetch(`${gateway.url}/`, { redirect: "manual" });
  expect([response.status, response.headers.get("location")]).toEqual([307, "/docs"]);
});
