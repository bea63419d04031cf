import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { createOutbound } from "./outbound.ts";
import { httpAnswer, startReceiver } from "./testing/raw-receiver.ts";

const options = { allowedSubnets: ["127.0.0.0/8"], userAgent: "Posthorn/test" };
/** The connection stays for a while: longer than a machine stands still. */
const KEPT_ALIVE = httpAnswer(200, "ok", ["keep-alive: timeout=60"]);
const TOO_LARGE = httpAnswer(200, "x".repeat(70_000));
const CLOSED_MS_MAX = 20_000;

test("1,000 posts, some of them given up, leave no socket or timer once closed", async () => {
  await using receiver = await startReceiver((socket) => {
    socket.write(receiver.requests.length % 250 === 0 ? TOO_LARGE : KEPT_ALIVE);
  });
  await using silent = await startReceiver();
  const before = openHandles();
  const outbound = createOutbound({ ...options, timeoutMs: 25_000 });
  const hasty = createOutbound({ ...options, timeoutMs: 100 });

  const kinds = { answered: 0, unanswered: 0 };
  const request = { headers: {}, body: Buffer.from("{}") };
  for (let i = 0; i < 1_000; i++) {
    kinds[(await outbound.post({ ...request, url: receiver.url })).kind]++;
  }
  expect(kinds).toEqual({ answered: 996, unanswered: 4 });
  for (let i = 0; i < 4; i++) {
    expect(await hasty.post({ ...request, url: silent.url })).toMatchObject({ reason: "timeout" });
  }
  expect(openHandles().sockets).toBeGreaterThan(before.sockets);

  await Promise.all([outbound.close(), hasty.close()]);
  // Vitest has timers of its own, which may end meanwhile.
  const isMore = (): boolean =>
    openHandles().sockets > before.sockets || openHandles().timers > before.timers;
  for (const fromMs = performance.now(); isMore() && performance.now() - fromMs < CLOSED_MS_MAX;) {
    await delay(20);
  }
  expect(openHandles().sockets).toBe(before.sockets);
  expect(openHandles().timers).toBeLessThanOrEqual(before.timers);
});

function openHandles(): { readonly sockets: number; readonly timers: number } {
  const types = process.getActiveResourcesInfo();
  const count = (wanted: string): number => types.filter((type) => type === wanted).length;
  return { sockets: count("TCPSocketWrap"), timers: count("Timeout") };
}
