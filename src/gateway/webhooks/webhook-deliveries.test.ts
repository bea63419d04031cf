import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordAttempt } from "../testing/test-attempts.ts";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";
import { endOf, errorOf } from "./attempt-words.ts";

let gateway: TestGateway;
let key: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { id: appId } = await gateway.svix.application.create({ name: "Mine", uid: "mine" });
  key = (await gateway.call("POST", "/api-key", { name: "Key", appId })).body.key;
  const schemas = { 1: { type: "object", examples: [{ n: 1 }] } };
  await gateway.svix.eventType.create({ name: "a.b", description: "", schemas });
  await gateway.svix.eventType.create({ name: "bare", description: "" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

function call(method: string, path: string, body?: object) {
  return gateway.call(method, `/v1/webhooks${path}`, body, key);
}

async function create(path = "/"): Promise<string> {
  return (await call("POST", "", { url: `https://a.example${path}` })).body.id;
}

async function sent(endpointId: string): Promise<string> {
  const message = { eventType: "a.b", payload: {} };
  const { id } = await gateway.svix.message.create("mine", message);
  const deliveries = await gateway.store.messages.deliveries(id);
  expect(deliveries.map((one) => one.endpointId)).toContain(endpointId);
  return id;
}

describe("a webhook's deliveries", () => {
  it("say how each fares, and why in words", async () => {
    const endpointId = await create();
    const { id: applicationId } = await gateway.svix.application.get("mine");
    const ids = [await sent(endpointId), await sent(endpointId), await sent(endpointId)];
    const [done = "", failing = "", failed = ""] = ids;
    const of = { endpointId, applicationId, eventType: "a.b" };
    await recordAttempt(gateway, { ...of, messageId: done, state: "succeeded" });
    await recordAttempt(gateway, { ...of, messageId: failing, state: "pending", statusCode: 503 });
    const refused = {
      statusCode: 0,
      reason: "refused",
      response: "Nobody listens there.",
    } as const;
    await recordAttempt(gateway, { ...of, messageId: failed, state: "exhausted", ...refused });

    const list = async (query = "") =>
      (await call("GET", `/${endpointId}/deliveries${query}`)).body;
    const { data } = await list();
    const byId = (id: string) => data.find((one: { id: string }) => one.id === id);
    expect(byId(done)).toMatchObject({ status: "succeeded", attempts: 1, lastStatusCode: 200 });
    expect(byId(done)).toMatchObject({ lastError: null, nextAttemptAt: null, ended: null });
    expect(byId(failing)).toMatchObject({ status: "pending", lastStatusCode: 503, ended: null });
    expect(byId(failing).lastError).toMatch(/^Your server answered 503: /);
    expect(Date.parse(byId(failing).nextAttemptAt)).toBeGreaterThan(Date.now());
    expect(byId(failed)).toMatchObject({
      event: "a.b",
      status: "failed",
      lastStatusCode: null,
      lastError: "Nobody listens there.",
      ended: "All attempts have failed",
    });

    for (const [status, id] of [
      ["succeeded", done],
      ["pending", failing],
      ["failed", failed],
    ]) {
      const page = await list(`?status=${status}`);
      expect(page.data.map((one: { id: string }) => one.id)).toEqual([id]);
    }
    expect((await list("?status=canceled")).data).toEqual([]);
    const first = await list("?limit=2");
    const second = await list(`?limit=2&iterator=${first.iterator}`);
    expect([first.done, first.data.length, second.done]).toEqual([false, 2, true]);
    expect([...first.data, ...second.data]).toEqual(data);
  });

  it.each([
    [{ statusCode: 204 }, null],
    [{ statusCode: 401 }, "raw bytes"],
    [{ statusCode: 302 }, "redirects"],
    [{ statusCode: 418 }, "only 2xx"],
    [{ statusCode: 0, reason: "timeout" }, "No answer: timeout"],
  ] as const)("explain %j", (made, words) => {
    const error = errorOf({ reason: null, detail: null, ...made });
    if (words === null) expect(error).toBeNull();
    else expect(error).toContain(words);
  });

  it("tell what failed once, because somebody had it sent, from what was tried in vain", () => {
    const test = endOf({ state: "exhausted", attemptsMade: 0 });
    const tried = endOf({ state: "exhausted", attemptsMade: 6 });
    expect([test, tried]).toEqual([expect.stringMatching(/once/), "All attempts have failed"]);
    expect(endOf({ state: "succeeded", attemptsMade: 0 })).toBeNull();
  });
});

describe("a test of a webhook", () => {
  it("answers with what came of the example", async () => {
    const { status, body } = await call("POST", `/${await create()}/test`, { event: "a.b" });
    expect(status).toBe(200);
    expect(body).toMatchObject({ event: "a.b", succeeded: true, statusCode: 200, error: null });
    const message = await gateway.svix.message.get("mine", body.messageId, { withContent: true });
    expect(message).toMatchObject({ eventType: "a.b", payload: { n: 1 } });
  });

  it("says what was wrong", async () => {
    const { body } = await call("POST", `/${await create("/fails")}/test`, { event: "a.b" });
    expect(body).toMatchObject({ succeeded: false, statusCode: 500, response: "out of stamps" });
    expect(body.error).toMatch(/^Your server answered 500/);
  });

  it.each([
    ["/", "none", 404],
    ["/", "bare", 400],
    ["/never", "a.b", 504],
    ["/unavailable", "a.b", 503],
  ])("at %s of %s is refused with %i", async (path, event, status) => {
    const answer = await call("POST", `/${await create(path)}/test`, { event });
    expect(answer.status).toBe(status);
  });

  it("needs a webhook that is enabled", async () => {
    const id = await create();
    await call("PATCH", `/${id}`, { enabled: false });
    const answer = await call("POST", `/${id}/test`, { event: "a.b" });
    expect(answer).toMatchObject({ status: 409, body: { code: "webhook_disabled" } });
    expect((await call("POST", "/ep_none/test", { event: "a.b" })).status).toBe(404);
  });
});
