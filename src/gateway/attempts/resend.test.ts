import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

let gateway: TestGateway;
let applicationId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { svix } = gateway;
  applicationId = (await svix.application.create({ name: "App", uid: "app" })).id;
  await svix.application.create({ name: "Other", uid: "other" });
  const url = "https://a.example";
  await svix.endpoint.create("app", { url, uid: "fine" });
  await svix.endpoint.create("app", { url: `${url}/unavailable`, uid: "away" });
  await svix.endpoint.create("app", { url, uid: "off", disabled: true });
  for (const eventId of ["m-1", "gone"]) {
    await svix.message.create("app", { eventId, eventType: "letter.sent", payload: {} });
  }
  await svix.message.expungeContent("app", "gone");
});
afterAll(() => gateway[Symbol.asyncDispose]());

function resend(message: string, endpoint: string, app = "app", token?: string) {
  const path = `/app/${app}/msg/${message}/endpoint/${endpoint}/resend`;
  return gateway.call("POST", path, undefined, token);
}

describe("a resend", () => {
  it("has one attempt made for each call", async () => {
    expect(await resend("m-1", "fine")).toMatchObject({ status: 202, body: {} });
    await gateway.svix.messageAttempt.resend("app", "m-1", "fine");
    const { data } = await gateway.svix.messageAttempt.listByEndpoint("app", "fine");
    expect(data.map(({ triggerType }) => triggerType)).toEqual([1, 1]);
  });

  it("is refused where the endpoint is disabled, with the way to enable it", async () => {
    const { status, body } = await resend("m-1", "off");
    expect([status, body.code]).toEqual([409, "endpoint_disabled"]);
    expect(body.detail).toContain('with {"disabled": false}');
  });

  it("is refused where there is no payload left to send", async () => {
    const { status, body } = await resend("gone", "fine");
    expect([status, body.code]).toEqual([409, "payload_expunged"]);
  });

  it("is not taken while Temporal is away, and may be asked for again", async () => {
    const { status, headers, body } = await resend("m-1", "away");
    expect([status, body.code]).toEqual([503, "unavailable"]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it.each([
    ["none", "fine", "app"],
    ["m-1", "none", "app"],
    ["m-1", "fine", "none"],
    ["m-1", "fine", "other"],
  ])("of %s at %s of %s is 404", async (message, endpoint, app) => {
    expect((await resend(message, endpoint, app)).status).toBe(404);
  });

  it("needs a token that may create attempts", async () => {
    const may = await applicationToken(applicationId, { capabilities: ["CreateAttempts"] });
    expect((await resend("m-1", "fine", "app", may)).status).toBe(202);
    const mayNot = await applicationToken(applicationId, { capabilities: ["ViewBase"] });
    expect((await resend("m-1", "fine", "app", mayNot)).status).toBe(403);
  });
});
