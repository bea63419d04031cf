import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waitFor } from "../../../test/support/wait-for.ts";
import { recordAttempt } from "../testing/test-attempts.ts";
import { openEvents, type TestEvents } from "../testing/test-events.ts";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";
import { createWatch } from "./watch.ts";

let gateway: TestGateway;
let applicationId: string;
let endpointId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { svix } = gateway;
  applicationId = (await svix.application.create({ name: "App", uid: "app" })).id;
  await svix.application.create({ name: "Other", uid: "other" });
  endpointId = (await svix.endpoint.create("app", { url: "https://a.example" })).id;
  await svix.message.create("app", { eventType: "a.b", payload: { before: true } });
});
afterAll(() => gateway[Symbol.asyncDispose]());

function watch(token: string, app = "app"): Promise<TestEvents> {
  return openEvents(`${gateway.url}/api/v1/app/${app}/live`, token);
}

async function sendOne(): Promise<void> {
  await gateway.svix.message.create("app", { eventType: "a.b", payload: {} });
}

describe("who watches an application", () => {
  it("is told of what is new from then on, and of nothing else", async () => {
    await using live = await watch(await applicationToken(applicationId));
    expect(live.headers.get("content-type")).toBe("text/event-stream");
    await live.next("ready");
    await gateway.svix.message.create("other", { eventType: "a.b", payload: {} });
    const { id: messageId } = await gateway.svix.message.create("app", {
      eventType: "a.b",
      payload: {},
    });
    expect(await live.next("change")).toEqual({ kind: "message", messageId });
    await recordAttempt(gateway, { applicationId, messageId, endpointId });
    expect(await live.next("change")).toEqual({ kind: "attempt", messageId, endpointId });
  });

  it("is told of endpoints that change, and that are gone", async () => {
    await using live = await watch(gateway.token);
    await live.next("ready");
    const { id } = await gateway.svix.endpoint.create("app", { url: "https://b.example" });
    expect(await live.next("change")).toEqual({ kind: "endpoint", endpointId: id });
    await gateway.svix.endpoint.patch("app", id, { disabled: true });
    expect(await live.next("change")).toEqual({ kind: "endpoint", endpointId: id });
    await gateway.svix.endpoint.delete("app", id);
    expect(await live.next("change")).toEqual({ kind: "endpoint", endpointId: id });
  });

  it("is told of recoveries", async () => {
    await using live = await watch(gateway.token);
    await live.next("ready");
    const since = new Date(Date.now() - 60_000);
    const { id: taskId } = await gateway.svix.endpoint.recover("app", endpointId, { since });
    await live.until((change) => change["kind"] === "task" && change["taskId"] === taskId);
  });

  it("is told once that there are many messages", async () => {
    await using live = await watch(gateway.token);
    await live.next("ready");
    const hint = { isTold: false };
    const told = live
      .until((change) => change["kind"] === "message" && change["messageId"] === undefined)
      .finally(() => (hint.isTold = true));
    // As many between two looks as it takes, however fast the machine is.
    while (!hint.isTold) await Promise.all(Array.from({ length: 60 }, sendOne));
    await told;
  });

  it("may no longer, once the token was revoked", async () => {
    const { token } = await gateway.svix.authentication.appPortalAccess("app", {});
    await using live = await watch(token);
    await live.next("ready");
    await gateway.call("POST", "/auth/logout", undefined, token);
    await live.ended;
  });

  it("may no longer, once the key was revoked, or may look no more", async () => {
    for (const [method, body] of [["DELETE"], ["PATCH", { scopes: ["publish"] }]] as const) {
      const { key, id } = (await gateway.call("POST", "/api-key", { name: "Key" })).body;
      await using live = await watch(key);
      await live.next("ready");
      await gateway.call(method, `/api-key/${id}`, body);
      await live.ended;
    }
  });

  it("is refused what is another's, and is refused without a token", async () => {
    const token = await applicationToken(applicationId);
    const path = `${gateway.url}/api/v1/app/other/live`;
    expect((await fetch(path, { headers: { authorization: `Bearer ${token}` } })).status).toBe(404);
    expect((await fetch(path)).status).toBe(401);
  });

  it("is refused when as many watch as may, until one has gone", async () => {
    const room = async () => watch(gateway.token).catch(() => undefined);
    // Those of the tests before may still be going.
    const open = await Promise.all(
      Array.from({ length: 50 }, async () => waitFor("room for all", room)),
    );
    const answer = await gateway.call("GET", "/app/app/live");
    expect([answer.status, answer.body.code]).toEqual([429, "too_many_watchers"]);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    await Promise.all(open.map((one) => one[Symbol.asyncDispose]()));
    await waitFor("room for one more", async () => {
      await using live = await watch(gateway.token).catch(() => undefined);
      return live;
    });
  });
});

describe("a watch", () => {
  const logger = pino({ level: "silent" });
  const nobody = { ready: () => {}, tell: () => {}, end: () => {} };

  it("looks once for each thing, however many watch it, and no more when nobody does", async () => {
    const looks: string[] = [];
    const look = async (key: string) => {
      looks.push(key);
      return { seen: 0, events: [] };
    };
    const watch = createWatch({ look, logger, intervalMs: 20 });
    const leaves = ["a", "a", "a", "b"].map((key) => watch.join(key, nobody));
    await waitFor("looks", () => looks.length >= 6 || undefined);
    const [as, bs] = ["a", "b"].map((key) => looks.filter((one) => one === key).length);
    expect(Math.abs((as ?? 0) - (bs ?? 9))).toBeLessThanOrEqual(1);
    for (const leave of leaves) leave();
    const before = looks.length;
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(looks.length).toBeLessThanOrEqual(before + 1);
  });

  it("goes on after a look that failed", async () => {
    let looks = 0;
    const look = async () => {
      looks += 1;
      if (looks === 2) throw new Error("the database is away");
      return { seen: looks, events: [looks] };
    };
    const watch = createWatch({ look, logger, intervalMs: 5 });
    const told: number[] = [];
    watch.join("a", { ...nobody, tell: (event) => told.push(event) });
    await waitFor("the third look", () => told.includes(3) || undefined);
    await watch.close();
  });

  it("ends with those who watch, and takes no others", async () => {
    const watch = createWatch({ look: async () => ({ seen: 0, events: [] }), logger });
    let ended = 0;
    watch.join("a", { ...nobody, end: () => (ended += 1) });
    await watch.close();
    expect(ended).toBe(1);
    expect(() => watch.join("a", nobody)).toThrow("stopping");
  });
});
