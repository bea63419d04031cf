import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { createOutbound } from "./outbound.ts";
import { httpAnswer, startReceiver } from "./testing/raw-receiver.ts";

test("1,000 posts, some of them given up, leave no socket or timer once closed", async () => {
  await using receiver = await startReceiver((socket) => {
    if (receiver.requests.length % 250 !== 0) socket.write(httpAnswer(200, "ok"));
  });
  const before = openHandles();
  const outbound = createOutbound({
    timeoutMs: 100,
    allowedSubnets: ["127.0.0.0/8"],
    userAgent: "Posthorn/test",
  });

  const kinds = { answered: 0, unanswered: 0 };
  for (let i = 0; i < 1_000; i++) {
    const request = { url: receiver.url, headers: {}, body: Buffer.from("{}") };
    kinds[(await outbound.post(request)).kind]++;
  }
  expect(kinds).toEqual({ answered: 996, unanswered: 4 });
  expect(openHandles().sockets).toBeGreaterThan(before.sockets);

  await outbound.close();
  await delay(50);
  expect(openHandles().sockets).toBe(before.sockets);
  // Vitest has timers of its own, which may end meanwhile.
  expect(openHandles().timers).toBeLessThanOrEqual(before.timers);
});

function openHandles(): { readonly sockets: number; readonly timers: number } {
  const types = process.getActiveResourcesInfo();
  const count = (wanted: string): number => types.filter((type) => type === wanted).length;
  return { sockets: count("TCPSocketWrap"), timers: count("Timeout") };
}
