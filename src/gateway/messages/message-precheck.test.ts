import { afterAll, beforeAll, expect, it } from "vitest";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

let gateway: TestGateway;
let applicationId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { application, endpoint, eventType } = gateway.svix;
  applicationId = (await application.create({ name: "App", uid: "app" })).id;
  await application.create({ name: "Empty", uid: "empty" });
  await eventType.create({ name: "wanted", description: "" });
  await eventType.create({ name: "archived", description: "" });
  const eventTypes = ["wanted", "archived"];
  await endpoint.create("app", { url: "https://a.example", eventTypes, channels: ["one"] });
  await eventType.delete("archived");
});
afterAll(() => gateway[Symbol.asyncDispose]());

it.each([
  [{ eventType: "wanted", channels: ["two", "one"] }, true],
  [{ eventType: "wanted", channels: ["two"] }, false],
  [{ eventType: "wanted" }, false],
  [{ eventType: "wanted", channels: null }, false],
  [{ eventType: "other", channels: ["one"] }, false],
  [{ eventType: "archived", channels: ["one"] }, false],
])("a message like %j would be delivered: %s", async (asked, active) => {
  expect(await gateway.svix.message.precheck("app", asked)).toEqual({ active });
  const empty = await gateway.call("POST", "/app/empty/msg/precheck/active", asked);
  expect(empty.body).toEqual({ active: false });
});

it.each([
  [{}, ["body", "eventType"]],
  [{ eventType: "a b" }, ["body", "eventType"]],
  [{ eventType: "a", channels: [] }, ["body", "channels"]],
])("%j is refused", async (asked, loc) => {
  const { status, body } = await gateway.call("POST", "/app/app/msg/precheck/active", asked);
  expect([status, body.detail[0].loc]).toEqual([422, loc]);
});

it("needs the organization's token, and its application", async () => {
  const own = await applicationToken(applicationId);
  const ask = async (app: string, token = gateway.token) =>
    (await gateway.call("POST", `/app/${app}/msg/precheck/active`, { eventType: "a" }, token))
      .status;
  expect([await ask("app", own), await ask("none")]).toEqual([403, 404]);
});
