import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import express from "express";
import { expect, it, onTestFinished } from "vitest";
import { sendDownload } from "./send-download.ts";

const CHUNK = "x".repeat(65_536);

const COUNT_EVERY_MS = 150;
const SAME_COUNTS = 3;

/** Serves `chunks` chunks, and knows how many were made, and whether the making has ended. */
async function serve(chunks: number) {
  const made = { count: 0, hasEnded: false, failed: 0 };
  async function* make(): AsyncGenerator<string> {
    try {
      for (; made.count < chunks; made.count++) yield CHUNK;
    } finally {
      made.hasEnded = true;
    }
  }
  const app = express();
  app.get("/", async (_request, response) => {
    const file = { contentType: "text/csv", fileName: "a.csv", chunks: make() };
    await sendDownload(response, file).catch(() => (made.failed += 1));
  });
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { made, url: `http://127.0.0.1:${port}/` };
}

async function opened(url: string): Promise<IncomingMessage> {
  const [answer] = await once(get(url), "response");
  return answer;
}

it("makes no more than is read, and stops where the reader goes", async () => {
  const { made, url } = await serve(2_000);
  const answer = await opened(url);
  for (let before = -1, same = 0; same < SAME_COUNTS; before = made.count) {
    await sleep(COUNT_EVERY_MS);
    same = made.count === before ? same + 1 : 0;
  }
  expect(made.count).toBeLessThan(1_000);

  answer.destroy();
  await expect.poll(() => made.hasEnded).toBe(true);
  expect(made.failed).toBe(0);
  expect(made.count).toBeLessThan(1_000);
});

it("sends all of it to whoever reads on", async () => {
  const { made, url } = await serve(100);
  const answer = await fetch(url);
  expect((await answer.text()).length).toBe(100 * CHUNK.length);
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="a.csv"');
  expect(made.hasEnded).toBe(true);
});

it("makes nothing for who asks for no more than its head", async () => {
  const { made, url } = await serve(1_000);
  const answer = await fetch(url, { method: "HEAD" });
  expect(answer.headers.get("content-disposition")).toContain("a.csv");
  expect(made.count).toBe(0);
});
