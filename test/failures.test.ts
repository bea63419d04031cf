import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startReceiver, type RawReceiver } from "../src/outbound/testing/raw-receiver.ts";
import { attemptsOf, createCustomer, ended, send } from "./support/api.ts";
import type { Installation } from "./support/installation.ts";
import { startInstallation } from "./support/start-installation.ts";

const TIME_LIMIT_S = 5;
const FLOOD = Buffer.alloc(200_000, "x");

type Case = {
  readonly failure: string;
  readonly reason: string;
  readonly response: RegExp;
  readonly answer?: (socket: Socket) => void;
  /** Where it is not the receiver itself. */
  readonly url?: (receiver: RawReceiver) => string;
};

const CASES: readonly Case[] = [
  {
    failure: "refuses the connection",
    reason: "refused",
    response: /^Connection refused by 127\.0\.0\.1:\d+: nothing listens there\.$/,
    url: () => `http://127.0.0.1:${deafPort}/`,
  },
  {
    failure: "resets the connection",
    reason: "reset",
    response: /^The connection to 127\.0\.0\.1:\d+ was closed before an answer came\.$/,
    answer: (socket) => socket.resetAndDestroy(),
  },
  {
    failure: "closes the connection in the middle of its answer",
    reason: "reset",
    response: /was closed before its answer \(status 200\) was complete\.$/,
    answer: (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"),
  },
  {
    failure: "has a name that nobody knows",
    reason: "dns",
    response: /^The host name of nobody\.invalid:80 could not be resolved\.$/,
    url: () => "http://nobody.invalid/",
  },
  {
    failure: "speaks no TLS on its https port",
    reason: "tls",
    response: /^No secure connection to 127\.0\.0\.1:\d+ could be made: .+\.$/,
    url: ({ port }) => `https://127.0.0.1:${port}/`,
  },
  {
    failure: "never answers",
    reason: "timeout",
    response: /^No answer from 127\.0\.0\.1:\d+ within 5 s\.$/,
    answer: () => undefined,
  },
  {
    failure: "never ends its answer",
    reason: "timeout",
    response: /^The answer from 127\.0\.0\.1:\d+ \(status 200\) was not complete within 5 s\.$/,
    answer: (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"),
  },
  {
    failure: "answers with a flood",
    reason: "response_too_large",
    response:
      /^The body of the answer from 127\.0\.0\.1:\d+ \(status 200\) was longer than 64 KiB\.$/,
    answer: (socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${FLOOD.length}\r\n\r\n`);
      socket.write(FLOOD);
    },
  },
  {
    failure: "does not speak HTTP",
    reason: "malformed_response",
    response: /^What 127\.0\.0\.1:\d+ answered was not valid HTTP\/1\.1: .+\.$/,
    answer: (socket) => socket.end("SSH-2.0-OpenSSH_9.2p1\r\n"),
  },
];

/** Of our end of a connection: nobody else can come to listen there while it is open. */
let deafPort = 0;
beforeAll(async () => {
  const server = await startReceiver();
  const socket = connect(server.port, "127.0.0.1");
  await once(socket, "connect");
  deafPort = socket.localPort ?? 0;
  return async () => {
    socket.destroy();
    await server[Symbol.asyncDispose]();
  };
});

const isTimeout = ({ reason }: Case): boolean => reason === "timeout";

// Whoever does not time out has time to fail as it does, on whatever machine.
describe.concurrent.each([
  { cases: CASES.filter(isTimeout), timeLimit: `${TIME_LIMIT_S}s` },
  { cases: CASES.filter((one) => !isTimeout(one)), timeLimit: "60s" },
])("within $timeLimit an attempt at a receiver that", ({ cases, timeLimit }) => {
  let posthorn: Installation;
  beforeAll(async () => {
    const environment = { REQUEST_TIMEOUT: timeLimit, RETRY_SCHEDULE: "" };
    posthorn = await startInstallation({ environment });
  });
  afterAll(() => posthorn[Symbol.asyncDispose]());

  it.each(cases)("$failure fails with $reason, in words", async (one) => {
    const server = createServer();
    if (one.reason === "tls") server.on("connection", (socket) => socket.write("220 ready\r\n"));
    await using receiver = await startReceiver(one.answer, server);
    await expectFailure(posthorn, one.url?.(receiver) ?? receiver.url, one);
  });
});

it("makes no connection to an address that is not public, unless it is allowed to", async () => {
  await using receiver = await startReceiver();
  await using posthorn = await startInstallation({
    environment: { ALLOWED_SUBNETS: "", RETRY_SCHEDULE: "" },
  });
  await expectFailure(posthorn, receiver.url, {
    reason: "blocked_address",
    response: /^The address 127\.0\.0\.1 is not public; requests to it are blocked/,
  });
  expect(receiver.connectionCount()).toBe(0);
});

async function expectFailure(
  posthorn: Installation,
  url: string,
  { reason, response }: Pick<Case, "reason" | "response">,
): Promise<void> {
  const customer = await createCustomer(posthorn, url);
  const messageId = await send(posthorn, customer);
  expect(await ended(posthorn, messageId)).toMatchObject({ state: "exhausted", attemptsMade: 1 });
  const attempts = await attemptsOf(posthorn, customer, messageId);
  expect(attempts).toMatchObject([
    { status: 2, responseStatusCode: 0, response: expect.stringMatching(response) },
  ]);
  const kept = await posthorn.store.attempts.find(messageId, attempts[0]?.id ?? "");
  expect(kept?.attempt).toMatchObject({ number: 1, succeeded: false, reason });
}
