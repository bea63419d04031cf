import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { createOutbound } from "./outbound.ts";
import { startReceiver } from "./testing/raw-receiver.ts";

/** Passes when the test says so: how far an answer came must not be a matter of the machine. */
const TIMEOUT_MS = 300;
/** Where undici says that it has read the head of an answer. */
const HEAD_READ = "undici:request:headers";
const HEAD = "HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n";
const HINT = "HTTP/1.1 103 Hints\r\n\r\n";
const OFTEN_MS = 10;

const outbound = createOutbound({
  timeoutMs: TIMEOUT_MS,
  allowedSubnets: ["127.0.0.0/8"],
  userAgent: "Posthorn/test",
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => outbound.close());

test.each([
  ["silence", () => undefined],
  ["silence after a hint", (socket: Socket) => void socket.write(HINT)],
  ["hints without end", (socket: Socket) => repeat(socket, HINT)],
])("%s ends at the limit of time, as no answer", async (_name, answer) => {
  const asked = Promise.withResolvers<void>();
  const outcome = await outcomeOf((socket) => {
    answer(socket);
    asked.resolve();
  }, asked.promise);
  expect(outcome).toMatchObject({
    reason: "timeout",
    detail: expect.stringMatching(/^No answer from 127\.0\.0\.1:\d+ within 0\.3 s\.$/),
  });
});

test.each([
  ["silence after the headers", (socket: Socket) => void socket.write(HEAD)],
  [
    "a body that drips",
    (socket: Socket) => {
      socket.write(HEAD);
      repeat(socket, "x");
    },
  ],
])("%s ends at the limit of time, as an answer that is not complete", async (_name, answer) => {
  const read = Promise.withResolvers<void>();
  const onRead = (): void => read.resolve();
  subscribe(HEAD_READ, onRead);
  const outcome = await outcomeOf(answer, read.promise);
  unsubscribe(HEAD_READ, onRead);
  expect(outcome).toMatchObject({
    reason: "timeout",
    detail: expect.stringMatching(/\(status 200\) was not complete within 0\.3 s/),
  });
});

/** What comes of a post when its time passes at that moment. */
async function outcomeOf(answer: (socket: Socket) => void, moment: Promise<void>) {
  await using receiver = await startReceiver(answer);
  const onSettled = vi.fn<() => void>();
  const posted = outbound
    .post({ url: receiver.url, headers: {}, body: Buffer.from("{}") })
    .finally(onSettled);
  await moment;
  await vi.advanceTimersByTimeAsync(TIMEOUT_MS - 1);
  expect(onSettled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  return await posted;
}

/** Again and again until the other side has enough. */
function repeat(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), OFTEN_MS);
  socket.on("close", () => clearInterval(timer));
}
