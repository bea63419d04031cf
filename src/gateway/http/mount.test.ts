import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { expect, it } from "vitest";
import { DEFAULT_API_SETTINGS } from "../api-settings.ts";
import { route, type Call } from "../route.ts";
import type { OnceAnswer } from "./idempotency.ts";
import { SCOPES } from "../../domain/api-key.ts";
import { mount, NOBODY } from "./mount.ts";
import { RawJson } from "./raw-json.ts";

const PAYLOAD = '{ "n":1.0,\t"n": 9007199254740993, "e":"\\u00e9 é" }';
const CALLER = { ...NOBODY, organizationId: "org_1", scopes: SCOPES };

type Seen = Pick<Call<unknown, unknown>, "publicUrl" | "idempotencyKey">;

/** Asks an operation of our own, which answers what no other does. */
async function serveOwn(publicUrl?: string) {
  const seen: Seen[] = [];
  const kept = new Map<string, OnceAnswer>();
  const own = route({
    method: "post",
    path: "/own/{id}",
    operationId: "own",
    summary: "Own",
    access: "organization",
    answers: {},
    handle(call) {
      seen.push(call);
      return Promise.resolve({ status: 201, body: { payload: new RawJson(PAYLOAD) } });
    },
  });
  const app = express();
  mount(app, own, {
    authenticate: () => Promise.resolve(CALLER),
    api: { ...DEFAULT_API_SETTINGS, publicUrl },
    limitRate: undefined,
    async once(key, act) {
      const answer = kept.get(key) ?? { ...(await act()), isRepeated: false };
      kept.set(key, { ...answer, isRepeated: true });
      return answer;
    },
  });
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    seen,
    port,
    post: async (headers: Record<string, string> = {}) =>
      fetch(`http://127.0.0.1:${port}/api/v1/own/x`, { method: "POST", headers }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

it("repeats an answer byte for byte, and says that it does", async () => {
  await using served = await serveOwn();
  const headers = { "idempotency-key": "k" };
  const [first, second] = [await served.post(headers), await served.post(headers)];
  expect(first.headers.get("idempotent-replayed")).toBeNull();
  expect(second.headers.get("idempotent-replayed")).toBe("true");
  expect([first.status, second.status]).toEqual([201, 201]);
  const text = await first.text();
  expect(text).toBe(`{"payload":${PAYLOAD}}`);
  expect(await second.text()).toBe(text);
  expect(served.seen).toHaveLength(1);
});

it("gives a handler no key where there is none", async () => {
  await using served = await serveOwn();
  await served.post();
  expect(served.seen[0]?.idempotencyKey).toBeNull();
});

it("lets links begin with what is set, else with the host that was asked", async () => {
  await using set = await serveOwn("https://hooks.example.com/posthorn");
  await set.post();
  expect(set.seen[0]?.publicUrl).toBe("https://hooks.example.com/posthorn");
  await using unset = await serveOwn();
  await unset.post();
  expect(unset.seen[0]?.publicUrl).toBe(`http://127.0.0.1:${unset.port}`);
});
