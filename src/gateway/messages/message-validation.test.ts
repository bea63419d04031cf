import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { organizationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const WARNING = "posthorn-payload-warning";
const SCHEMA = {
  type: "object",
  required: ["id"],
  properties: { id: { type: "string" }, items: { items: { type: "number" } } },
};
const WRONG = { id: 1, items: [1, "two"] };

let gateway: TestGateway;
let organizations = 0;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** An organization of its own for each test: what it has chosen is remembered for a second. */
async function organization(payloadValidation: string, schemas: object | null = { 1: SCHEMA }) {
  const token = await organizationToken(`org_validates_${organizations++}`);
  const call = (method: string, path: string, body?: unknown) =>
    gateway.call(method, path, body, token);
  await call("PATCH", "/organization/settings", { payloadValidation });
  await call("POST", "/app", { name: "A", uid: "a" });
  await call("POST", "/event-type", { name: "order", description: "", schemas });
  const send = (payload: object, more: object = {}, app = "a") =>
    call("POST", `/app/${app}/msg`, { eventType: "order", payload, ...more });
  return { call, send };
}

describe("payloads", () => {
  it("are anything where validation is off", async () => {
    const { send } = await organization("off");
    const answer = await send(WRONG);
    expect([answer.status, answer.headers.get(WARNING)]).toEqual([202, null]);
  });

  it("are sent with a warning where that is chosen", async () => {
    const { send } = await organization("warn");
    expect((await send({ id: "1" })).headers.get(WARNING)).toBeNull();
    const answer = await send(WRONG);
    expect(answer.status).toBe(202);
    expect(answer.headers.get(WARNING)).toBe("/id must be string (and 1 more)");
  });

  it("are refused where that is chosen, each wrong place named, and nothing is kept", async () => {
    const { send } = await organization("reject");
    expect((await send({ id: "1" })).status).toBe(202);
    const before = gateway.rows();
    const answer = await send(WRONG, { application: { name: "New" } }, "not-there-yet");
    expect(answer.status).toBe(422);
    expect(answer.body.detail).toEqual([
      { loc: ["body", "payload", "id"], msg: "/id must be string", type: "value_error" },
      {
        loc: ["body", "payload", "items", "1"],
        msg: "/items/1 must be number",
        type: "value_error",
      },
    ]);
    expect(gateway.rows()).toBe(before);
  });

  it("are held against the newest of several versions", async () => {
    const { send } = await organization("reject", { 9: SCHEMA, 10: { required: ["b"] } });
    expect((await send({ b: 1 })).status).toBe(202);
    expect((await send({ id: "1" })).status).toBe(422);
  });

  it("are as text what they would be as a payload, where the text is JSON", async () => {
    const { send } = await organization("reject");
    const raw = (rawPayload: string) =>
      send({}, { transformationsParams: { rawPayload, headers: { "content-type": "a/b" } } });
    expect((await raw('{"id":1}')).status).toBe(422);
    expect((await raw('{"id":"1"}')).status).toBe(202);
    expect((await raw("<order/>")).status).toBe(202);
  });

  it("are anything where there is no schema, or no event type", async () => {
    const { send } = await organization("reject", null);
    expect((await send(WRONG)).status).toBe(202);
    expect((await send(WRONG, { eventType: "other" })).status).toBe(202);
  });

  it("are sent with a warning where the schema can check nothing", async () => {
    const { send } = await organization("reject", { 1: { $ref: "https://a.example/\u00e4" } });
    const answer = await send(WRONG);
    expect(answer.status).toBe(202);
    expect(answer.headers.get(WARNING)).toMatch(/^not checked: its schema: can't resolve/);
  });

  it("are held against a schema that was changed within a second, and read no more often", async () => {
    const { call, send } = await organization("reject");
    expect((await send({ id: "1" })).status).toBe(202);
    const find = vi.spyOn(gateway.store.eventTypes, "find");
    onTestFinished(() => find.mockRestore());
    const beganAtMs = performance.now();
    await Promise.all(Array.from({ length: 50 }, () => send({ id: "1" })));
    const seconds = Math.ceil((performance.now() - beganAtMs) / 1_000);
    expect(find.mock.calls.length).toBeLessThanOrEqual(seconds);
    await call("PATCH", "/event-type/order", { schemas: { 2: { required: ["other"] } } });
    await expect.poll(async () => (await send({ id: "1" })).status).toBe(422);
  });
});
