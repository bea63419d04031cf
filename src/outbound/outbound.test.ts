import { gzipSync } from "node:zlib";
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, describe, expect, test, vi } from "vitest";
import type { AttemptOutcome } from "../domain/attempt.ts";
import { createOutbound } from "./outbound.ts";
import type { OutboundRequest } from "./outbound.ts";
import { httpAnswer, startReceiver } from "./testing/raw-receiver.ts";

const TIMEOUT_MS = 300;
/** Nothing is given up for it, however long the machine stands still. */
const PATIENT_MS = 25_000;
/** On a machine that does much else. */
const LATE_MS_MAX = 20_000;
/** Nobody listens there, and nobody else will. */
const CLOSED_PORT = 1;
/** What one endpoint may have under way, twice. */
const HANGING = 256;
const LOOPBACK = ["127.0.0.0/8", "::1/128"];
const options = { timeoutMs: TIMEOUT_MS, allowedSubnets: LOOPBACK, userAgent: "Posthorn/test" };
const outbound = createOutbound({ ...options, timeoutMs: PATIENT_MS });

afterAll(() => outbound.close());

function request(url: string, headers: OutboundRequest["headers"] = {}): OutboundRequest {
  return { url, headers, body: Buffer.from('{"a":1}') };
}

/** Gives up soon. */
function startHasty() {
  const hasty = createOutbound(options);
  return { ...hasty, [Symbol.asyncDispose]: () => hasty.close() };
}

/** What comes of one post to a receiver that behaves so. */
async function outcomeOf(answer: (socket: Socket) => void): Promise<AttemptOutcome> {
  await using receiver = await startReceiver(answer);
  const outcome = await outbound.post(request(receiver.url));
  expect(receiver.requests).toHaveLength(1);
  return outcome;
}

describe("an answer", () => {
  test("is its status, headers and body, and what its Retry-After asked for", async () => {
    const outcome = await outcomeOf((socket) =>
      socket.write(httpAnswer(503, "later", ["retry-after: 7"])),
    );
    expect(outcome).toEqual({
      kind: "answered",
      status: 503,
      headers: expect.arrayContaining([["retry-after", "7"]]),
      body: "later",
      retryAfterMs: 7_000,
      durationMs: expect.any(Number),
    });
  });

  test.each([200, 201, 302, 307, 400, 410, 429, 500, 999])(
    "with status %d is a value, and no redirect is followed",
    async (status) => {
      const location = [`location: http://127.0.0.1:1/elsewhere`];
      const outcome = await outcomeOf((socket) => socket.write(httpAnswer(status, "x", location)));
      expect(outcome).toMatchObject({ kind: "answered", status, body: "x" });
    },
  );

  test.each([
    ["200 with no body", "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", 200, ""],
    ["204", "HTTP/1.1 204 No Content\r\n\r\n", 204, ""],
    ["204 with a body", "HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\nok", 204, ""],
    ["304", "HTTP/1.1 304 Not Modified\r\ncontent-length: 50\r\n\r\n", 304, ""],
    [
      "chunks",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
      200,
      "abc",
    ],
    [
      "hints before the answer",
      "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx",
      200,
      "x",
    ],
    ["no reason phrase", "HTTP/1.1 200\r\ncontent-length: 1\r\n\r\nx", 200, "x"],
    [
      "an offer to upgrade",
      "HTTP/1.1 200 OK\r\nconnection: upgrade\r\nupgrade: h2c\r\ncontent-length: 1\r\n\r\nx",
      200,
      "x",
    ],
  ])("may be %s", async (_name, text, status, body) => {
    expect(await outcomeOf((socket) => socket.write(text))).toMatchObject({
      kind: "answered",
      status,
      body,
    });
  });

  test("without a length ends with the connection", async () => {
    const outcome = await outcomeOf((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\nto the end"));
    expect(outcome).toMatchObject({ kind: "answered", status: 200, body: "to the end" });
  });

  test("that is compressed is kept as it came, in base64", async () => {
    const body = gzipSync("hello");
    const encoding = ["content-encoding: gzip"];
    const outcome = await outcomeOf((socket) => socket.write(httpAnswer(200, body, encoding)));
    expect(outcome).toMatchObject({ status: 200, body: body.toString("base64") });
  });

  test("of exactly 64 KiB is read, and 20,000 bytes of it are kept", async () => {
    const outcome = await outcomeOf((socket) => socket.write(httpAnswer(200, "x".repeat(65_536))));
    expect(outcome).toMatchObject({ kind: "answered", body: "x".repeat(20_000) });
  });
});

describe("what is no answer", () => {
  const cases: readonly [string, (socket: Socket) => void, string, RegExp][] = [
    ["a reset before it", (s) => s.resetAndDestroy(), "reset", /closed before an answer came/],
    ["an end before it", (s) => s.end(), "reset", /closed before an answer came/],
    [
      "a reset in its body",
      (s) =>
        s.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc", () =>
          setTimeout(() => s.resetAndDestroy(), 20),
        ),
      "reset",
      /answer \(status 200\) was complete/,
    ],
    [
      "a body shorter than announced",
      (s) => s.end("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 9\r\n\r\nabc"),
      "malformed_response",
      /not valid HTTP/,
    ],
    [
      "a flood",
      (s) => repeat(s, "HTTP/1.1 200 OK\r\n\r\n", "x".repeat(60_000), 1),
      "response_too_large",
      /\(status 200\) was longer than 64 KiB/,
    ],
    [
      "chunks one byte too long",
      (s) =>
        s.write(
          `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10001\r\n${"x".repeat(65_537)}\r\n0\r\n\r\n`,
        ),
      "response_too_large",
      /64 KiB/,
    ],
    [
      "headers without end",
      (s) => repeat(s, "HTTP/1.1 200 OK\r\n", `a: ${"x".repeat(500)}\r\n`, 1),
      "response_too_large",
      /headers/,
    ],
    [
      "one header without end",
      (s) => repeat(s, "HTTP/1.1 200 OK\r\na: ", "x".repeat(500), 1),
      "response_too_large",
      /headers/,
    ],
    [
      "another protocol",
      (s) => s.write("220 mail.example ESMTP\r\n"),
      "malformed_response",
      /not valid HTTP/,
    ],
    [
      "an unknown version",
      (s) => s.write("HTTP/3.9 200 OK\r\n\r\n"),
      "malformed_response",
      /not valid HTTP/,
    ],
    [
      "status 000",
      (s) => s.write("HTTP/1.1 000 Nothing\r\ncontent-length: 0\r\n\r\n"),
      "malformed_response",
      /not valid HTTP/,
    ],
    [
      "a switch of protocols",
      (s) =>
        s.write("HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\nhi"),
      "malformed_response",
      /not valid HTTP/,
    ],
    [
      "a Continue that nobody asked for",
      (s) => s.write("HTTP/1.1 100 Continue\r\n\r\n"),
      "malformed_response",
      /not valid HTTP/,
    ],
    [
      "a length that is no number",
      (s) => s.write("HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\nx"),
      "malformed_response",
      /not valid HTTP/,
    ],
    [
      "a broken chunk",
      (s) => s.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n"),
      "malformed_response",
      /not valid HTTP/,
    ],
  ];

  test.each(cases)("%s is a value", async (_name, answer, reason, detail) => {
    expect(await outcomeOf(answer)).toMatchObject({
      kind: "unanswered",
      reason,
      detail: expect.stringMatching(detail),
    });
  });

  test("a refused connection names the address", async () => {
    expect(await outbound.post(request(`http://127.0.0.1:${CLOSED_PORT}/`))).toMatchObject({
      reason: "refused",
      detail: `Connection refused by 127.0.0.1:${CLOSED_PORT}: nothing listens there.`,
    });
  });

  test("more refused connections than a pool holds are all a value", async () => {
    const url = `http://127.0.0.1:${CLOSED_PORT}/`;
    const posts = Array.from({ length: 400 }, () => outbound.post(request(url)));
    const reasons = (await Promise.all(posts)).map((o) => o.kind === "unanswered" && o.reason);
    expect(new Set(reasons)).toEqual(new Set(["refused"]));
  });

  test("a host name that nobody has is a value", async () => {
    expect(await outbound.post(request("http://nosuchhost.invalid/"))).toMatchObject({
      reason: "dns",
      detail: "The host name of nosuchhost.invalid:80 could not be resolved.",
    });
  });

  test.each(["", "nonsense", "http://", "ftp://example.com/", "http://exa mple/", "file:///etc/x"])(
    "the URL %j is a value",
    async (url) => {
      expect(await outbound.post(request(url))).toMatchObject({ reason: "unreachable" });
    },
  );

  test.each([{ "transfer-encoding": "chunked" }, { "x-a": "b\r\nc: d" }, { "bad name": "x" }])(
    "headers that cannot be sent (%j) are a value",
    async (headers) => {
      await using receiver = await startReceiver((socket) => socket.write(httpAnswer(200)));
      expect(await outbound.post(request(receiver.url, headers))).toMatchObject({
        reason: "unreachable",
        detail: expect.stringContaining("invalid"),
      });
      expect(receiver.requests).toHaveLength(0);
    },
  );

  test("an answer that was given up is cut off", async () => {
    const cut = Promise.withResolvers<void>();
    await outcomeOf((socket) => {
      socket.on("close", () => cut.resolve());
      repeat(socket, "HTTP/1.1 200 OK\r\n\r\n", "x".repeat(60_000), 1);
    });
    await cut.promise;
  });

  test("a request whose time passed before it had a connection is never sent", async () => {
    await using receiver = await startReceiver();
    await using hasty = startHasty();
    const posts = Array.from({ length: 200 }, () => hasty.post(request(receiver.url)));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TIMEOUT_MS + 50);
    const details = (await Promise.all(posts)).map((o) => o.kind === "unanswered" && o.detail);
    expect(new Set(details)).toEqual(
      new Set([`No connection to 127.0.0.1:${receiver.port} within 0.3 s.`]),
    );
    await delay(200);
    expect(receiver.requests).toHaveLength(0);
  });
});

/** Writes `first`, then `rest` again and again until the other side has enough. */
function repeat(socket: Socket, first: string, rest: string, everyMs: number): void {
  if (first !== "") socket.write(first);
  const timer = setInterval(() => socket.write(rest), everyMs);
  socket.on("close", () => clearInterval(timer));
}

describe("a request", () => {
  test("is an HTTP/1.1 POST of exactly the bytes, with our headers and the given ones", async () => {
    await using receiver = await startReceiver((socket) => socket.write(httpAnswer(204)));
    await outbound.post({
      url: `http://127.0.0.1:${receiver.port}/a%20b?c=d#e`,
      headers: { "X-Mine": "1", "svix-id": "msg_1" },
      body: Buffer.from('{"ü":1}'),
    });
    const [head = "", body] = receiver.requests[0]?.split("\r\n\r\n") ?? [];
    expect(head.split("\r\n").sort()).toEqual(
      [
        "POST /a%20b?c=d HTTP/1.1",
        `host: 127.0.0.1:${receiver.port}`,
        "connection: keep-alive",
        "X-Mine: 1",
        "svix-id: msg_1",
        "content-type: application/json",
        "accept: */*",
        "user-agent: Posthorn/test",
        "content-length: 8",
      ].sort(),
    );
    expect(Buffer.from(body ?? "", "latin1").toString()).toBe('{"ü":1}');
  });

  test("sends a view into a larger buffer as the view alone", async () => {
    await using receiver = await startReceiver((socket) => socket.write(httpAnswer(204)));
    const body = new Uint8Array(Buffer.from("--body--")).subarray(2, 6);
    await outbound.post({ url: receiver.url, headers: {}, body });
    expect(receiver.requests[0]).toMatch(/\r\n\r\nbody$/);
  });

  test.each([
    ["user:pa%3Ass", "user:pa:ss"],
    ["user", "user:"],
    ["us%zzer:p%C3%A4ss", "us%zzer:päss"],
  ])("to %s@ carries basic auth", async (userinfo, credentials) => {
    await using receiver = await startReceiver((socket) => socket.write(httpAnswer(204)));
    await outbound.post(request(receiver.url.replace("//", `//${userinfo}@`)));
    const expected = Buffer.from(credentials).toString("base64");
    expect(receiver.requests[0]).toContain(`\r\nauthorization: Basic ${expected}\r\n`);
  });

  test("keeps a given header instead of its own, whatever its case", async () => {
    await using receiver = await startReceiver((socket) => socket.write(httpAnswer(204)));
    const given = { Authorization: "Bearer x", "Content-Type": "application/cloudevents+json" };
    await outbound.post(request(receiver.url.replace("//", "//user:pass@"), given));
    expect(receiver.requests[0]?.match(/authorization: .*|content-type: .*/gi)).toEqual([
      "Authorization: Bearer x",
      "Content-Type: application/cloudevents+json",
    ]);
  });
});

/** An idle connection is kept for 30 s then: otherwise for 1.5 s, in which a machine may do nothing. */
const KEPT_ALIVE = httpAnswer(200, "ok", ["keep-alive: timeout=60"]);

describe("connections", () => {
  test("are kept and used again", async () => {
    await using receiver = await startReceiver((socket) => socket.write(KEPT_ALIVE));
    for (let i = 0; i < 20; i++) await outbound.post(request(receiver.url));
    expect(receiver.requests).toHaveLength(20);
    // undici frees a connection a tick after its answer, so posts in sequence take turns on two.
    expect(receiver.connectionCount()).toBeLessThanOrEqual(2);
  });

  test("are made anew after 250 requests", async () => {
    await using receiver = await startReceiver((socket) => socket.write(KEPT_ALIVE));
    for (let i = 0; i < 520; i++) {
      expect(await outbound.post(request(receiver.url))).toMatchObject({ status: 200 });
    }
    expect(receiver.connectionCount()).toBeGreaterThanOrEqual(3);
    expect(receiver.connectionCount()).toBeLessThanOrEqual(8);
  });

  test("are not all taken by those endpoints of an origin that hang", async () => {
    const unanswered: Socket[] = [];
    await using receiver = await startReceiver((socket) => {
      if (unanswered.length < HANGING) unanswered.push(socket);
      else socket.write(httpAnswer(200, "ok"));
    });
    const hanging = Array.from({ length: HANGING }, () => outbound.post(request(receiver.url)));
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(HANGING), LATE_MS_MAX);
    expect(await outbound.post(request(receiver.url))).toMatchObject({ status: 200, body: "ok" });
    for (const socket of unanswered) socket.write(httpAnswer(200, "late"));
    const bodies = (await Promise.all(hanging)).map((o) => o.kind === "answered" && o.body);
    expect(new Set(bodies)).toEqual(new Set(["late"]));
  });

  test("serve more requests at once than there may be connections", async () => {
    await using receiver = await startReceiver((socket) => socket.write(httpAnswer(200, "ok")));
    const posts = Array.from({ length: 1_500 }, () => outbound.post(request(receiver.url)));
    expect((await Promise.all(posts)).every((outcome) => outcome.kind === "answered")).toBe(true);
    expect(receiver.connectionCount()).toBeLessThanOrEqual(1_000);
  });

  test("end when they are closed, after what was under way", async () => {
    await using receiver = await startReceiver((socket) => {
      setTimeout(() => socket.write(httpAnswer(200, "late")), 100);
    });
    const own = createOutbound({ ...options, timeoutMs: PATIENT_MS });
    const post = own.post(request(receiver.url));
    const closed = own.close();
    expect(await post).toMatchObject({ body: "late" });
    await closed;
    await expect(own.post(request(receiver.url))).rejects.toThrow("post after close");
  });

  test("do not keep close waiting for what was given up", async () => {
    await using receiver = await startReceiver();
    const own = createOutbound(options);
    const posts = Array.from({ length: 600 }, () => own.post(request(receiver.url)));
    const startedAtMs = performance.now();
    await own.close();
    expect(performance.now() - startedAtMs).toBeLessThan(TIMEOUT_MS + LATE_MS_MAX);
    const outcomes = await Promise.all(posts);
    expect(outcomes.every((outcome) => outcome.kind === "unanswered")).toBe(true);
  });
});
