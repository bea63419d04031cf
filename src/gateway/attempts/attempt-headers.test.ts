import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AttemptHeaders } from "../../domain/records.ts";
import { recordAttempt } from "../testing/test-attempts.ts";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const HEADERS: AttemptHeaders = {
  sent: { "x-tenant": null, "content-type": "application/json", "X-Auth-Token": "hush" },
  received: [
    ["content-type", "text/plain"],
    ["Set-Cookie", "session=1"],
    ["x-api-key", "hush"],
    ["www-authenticate", "Bearer"],
    ["via", "a"],
    ["via", "b"],
  ],
};

let gateway: TestGateway;
let applicationId: string;
let messageId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { application, message } = gateway.svix;
  applicationId = (await application.create({ name: "App", uid: "app" })).id;
  await application.create({ name: "Other", uid: "other" });
  messageId = (await message.create("app", { eventType: "a.b", payload: {} })).id;
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function asked(attemptId: string, app = "app", token = gateway.token) {
  const path = `/app/${app}/msg/${messageId}/attempt/${attemptId}/headers`;
  const { status, body } = await gateway.call("GET", path, undefined, token);
  return { status, body };
}

describe("an attempt's headers", () => {
  it("are those that were sent and received, without what lets somebody in", async () => {
    const { id } = await recordAttempt(gateway, { messageId }, HEADERS);
    const expected = {
      status: 200,
      body: {
        sentHeaders: { "content-type": "application/json" },
        responseHeaders: [
          ["content-type", "text/plain"],
          ["www-authenticate", "Bearer"],
          ["via", "a"],
          ["via", "b"],
        ],
        sensitive: ["x-tenant", "X-Auth-Token", "Set-Cookie", "x-api-key"],
      },
    };
    expect(await asked(id)).toEqual(expected);
    expect(await asked(id, "app", await applicationToken(applicationId))).toEqual(expected);
  });

  it("are none where none were kept", async () => {
    const { id } = await recordAttempt(gateway, { messageId });
    const none = { sentHeaders: {}, responseHeaders: [], sensitive: [] };
    expect(await asked(id)).toEqual({ status: 200, body: none });
  });

  it("are forgotten with the response that they came with", async () => {
    const { id } = await recordAttempt(gateway, { messageId }, HEADERS);
    await gateway.svix.messageAttempt.expungeContent("app", messageId, id);
    expect((await asked(id)).body).toMatchObject({
      sentHeaders: { "content-type": "application/json" },
      responseHeaders: [],
      sensitive: ["x-tenant", "X-Auth-Token"],
    });
  });

  it("are not there of an attempt, message or application that is not", async () => {
    const { id } = await recordAttempt(gateway, { messageId }, HEADERS);
    const elsewhere = await recordAttempt(gateway, {}, HEADERS);
    expect((await asked("atmpt_none")).status).toBe(404);
    expect((await asked(elsewhere.id)).status).toBe(404);
    expect((await asked(id, "other")).status).toBe(404);
    expect((await asked(id, "other", await applicationToken(applicationId))).status).toBe(404);
    expect((await asked(id, "app", "")).status).toBe(401);
  });
});
