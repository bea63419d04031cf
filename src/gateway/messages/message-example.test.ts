import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const [FIRST, SECOND] = [{ invoice: "in_1" }, { invoice: "in_2" }];
const DEAF = { url: "https://a.example", uid: "a", filterTypes: ["other"], channels: ["none"] };

let gateway: TestGateway;
let applicationId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { application, endpoint, eventType } = gateway.svix;
  applicationId = (await application.create({ name: "App", uid: "app" })).id;
  await application.create({ name: "Other", uid: "other" });
  await eventType.create({ name: "other", description: "" });
  await endpoint.create("app", DEAF);
  await endpoint.create("app", { url: "https://b.example", uid: "b" });
  await endpoint.create("app", { url: "https://c.example", uid: "off", disabled: true });
  const schemas = { 1: { type: "object", examples: [FIRST, SECOND] } };
  await eventType.create({ name: "invoice.paid", description: "", schemas });
  await eventType.create({ name: "bare", description: "", schemas: { 1: { type: "object" } } });
  await eventType.create({ name: "beta.only", description: "", schemas, featureFlags: ["beta"] });
  await eventType.create({ name: "old", description: "", schemas, archived: true });
});
afterAll(() => gateway[Symbol.asyncDispose]());

function sendExample(body: unknown, endpoint = "a", token = gateway.token, app = "app") {
  return gateway.call("POST", `/app/${app}/endpoint/${endpoint}/send-example`, body, token);
}

async function recipients(messageId: string): Promise<readonly string[]> {
  const deliveries = await gateway.store.messages.deliveries(messageId);
  const found = deliveries.map(async ({ endpointId }) =>
    gateway.store.endpoints.find(applicationId, endpointId),
  );
  return (await Promise.all(found)).map((endpoint) => endpoint?.uid ?? "");
}

describe("an example", () => {
  it("goes to its endpoint alone, whatever that is subscribed to", async () => {
    const sent = await gateway.svix.endpoint.sendExample("app", "a", { eventType: "invoice.paid" });
    expect(sent).toMatchObject({ eventType: "invoice.paid", payload: FIRST, tags: null });
    expect(await recipients(sent.id)).toEqual(["a"]);
    expect(await gateway.svix.message.get("app", sent.id, { withContent: true })).toEqual(sent);
  });

  it("is the one that is asked for", async () => {
    const { status, body } = await sendExample({ eventType: "invoice.paid", exampleIndex: 1 });
    expect([status, body.payload]).toEqual([200, SECOND]);
  });

  it("can be a ping, which needs no event type", async () => {
    const { status, body } = await sendExample({ eventType: "svix.ping" });
    expect([status, body.payload]).toEqual([200, { success: true }]);
    expect(await recipients(body.id)).toEqual(["a"]);
  });

  it("can be sent with the application's own token", async () => {
    const own = await sendExample(
      { eventType: "svix.ping" },
      "a",
      await applicationToken(applicationId),
    );
    expect(own.status).toBe(200);
  });
});

describe("an example is refused", () => {
  it("to a token without the feature flags of its event type", async () => {
    const asked = { eventType: "beta.only" };
    const sent = async (flags: readonly string[]) => {
      const token = await applicationToken(applicationId, { feature_flags: flags });
      return (await sendExample(asked, "a", token)).status;
    };
    expect([await sent(["beta"]), await sent([])]).toEqual([200, 404]);
  });

  it("to a token that may make no attempts", async () => {
    const token = await applicationToken(applicationId, { capabilities: ["ManageEndpoint"] });
    expect((await sendExample({ eventType: "svix.ping" }, "a", token)).status).toBe(403);
  });

  it.each([
    ["no event type", {}, 422, ["body", "eventType"]],
    ["a name that is none", { eventType: "a b" }, 422, ["body", "eventType"]],
    [
      "a negative index",
      { eventType: "svix.ping", exampleIndex: -1 },
      422,
      ["body", "exampleIndex"],
    ],
    ["an archived event type", { eventType: "old" }, 422, ["body", "eventType"]],
  ])("with %s", async (_, asked, status, loc) => {
    const before = gateway.rows();
    const answer = await sendExample(asked);
    expect([answer.status, answer.body.detail[0].loc]).toEqual([status, loc]);
    expect(gateway.rows()).toBe(before);
  });

  it.each([
    ["an unknown event type", { eventType: "none" }, 404, "not_found", "no event type none"],
    ["no example", { eventType: "bare" }, 400, "invalid_scheme", "examples"],
    [
      "an index past the last",
      { eventType: "invoice.paid", exampleIndex: 2 },
      400,
      "invalid_scheme",
      "2 examples",
    ],
  ])("with %s", async (_, asked, status, code, text) => {
    const before = gateway.rows();
    const answer = await sendExample(asked);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.body.detail).toContain(text);
    expect(gateway.rows()).toBe(before);
  });

  it("by an endpoint that is disabled, aloud", async () => {
    const before = gateway.rows();
    const answer = await sendExample({ eventType: "svix.ping" }, "off");
    expect(answer).toMatchObject({ status: 409, body: { code: "endpoint_disabled" } });
    expect(gateway.rows()).toBe(before);
  });

  it("to an endpoint of another application, or none", async () => {
    const token = await applicationToken(applicationId);
    const statuses = await Promise.all([
      sendExample({ eventType: "svix.ping" }, "a", gateway.token, "other"),
      sendExample({ eventType: "svix.ping" }, "a", token, "other"),
      sendExample({ eventType: "svix.ping" }, "none"),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});
