import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

let gateway: TestGateway;
let live: string;
let test: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { id: appId } = await gateway.svix.application.create({ name: "Mine", uid: "mine" });
  const newKey = async (mode: string) =>
    (await gateway.call("POST", "/api-key", { name: "Key", appId, mode })).body.key;
  [live, test] = [await newKey("live"), await newKey("test")];
  const schemas = { 1: { type: "object", examples: [{ n: 1 }] } };
  await gateway.svix.eventType.create({ name: "a.b", description: "", schemas });
  await gateway.svix.eventType.create({ name: "bare", description: "" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

function call(method: string, path = "", body?: object, key = test) {
  return gateway.call(method, `/v1/event-schedules${path}`, body, key);
}

it("a schedule is made, listed, and ended, in the sandbox alone", async () => {
  const made = await call("POST", "", { event: "a.b", every: "5 minutes" });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ event: "a.b", every: "5 minutes", timesTriggered: 0 });
  const lifeMs = Date.parse(made.body.endsAt) - Date.parse(made.body.createdAt);
  expect(Math.abs(lifeMs - 7 * 86_400_000)).toBeLessThan(60_000);
  expect((await call("GET")).body.data).toEqual([made.body]);
  expect((await call("GET", "", undefined, live)).body.data).toEqual([]);
  expect((await call("DELETE", `/${made.body.id}`, undefined, live)).status).toBe(404);
  expect((await call("DELETE", `/${made.body.id}`)).status).toBe(204);
  expect((await call("DELETE", `/${made.body.id}`)).status).toBe(404);
  expect((await call("GET")).body.data).toEqual([]);
});

it.each([
  [{ every: "5 minutes" }, 422, "event"],
  [{ event: "a.b" }, 422, "every"],
  [{ event: "a.b", every: "9 seconds" }, 422, "every"],
  [{ event: "a.b", every: "61 * * * *" }, 422, "every"],
  [{ event: "none", every: "1 hour" }, 404, ""],
  [{ event: "bare", every: "1 hour" }, 400, ""],
])("%j is refused with %i", async (body, status, field) => {
  const refused = await call("POST", "", body);
  expect(refused.status).toBe(status);
  if (field !== "") expect(refused.body.detail[0].loc).toEqual(["body", field]);
});

it("a live key is told to use a test key", async () => {
  const refused = await call("POST", "", { event: "a.b", every: "1 hour" }, live);
  expect(refused).toMatchObject({ status: 403, body: { code: "test_mode_only" } });
});

it("there are at most twenty", async () => {
  const one = { event: "a.b", every: "*/5 * * * *" };
  for (let n = 0; n < 20; n++) expect((await call("POST", "", one)).status).toBe(201);
  const refused = await call("POST", "", one);
  expect(refused).toMatchObject({ status: 409, body: { code: "too_many_schedules" } });
});
