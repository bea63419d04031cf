import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const MESSAGE = { eventType: "letter.sent", payload: { to: "Ida" } };
const ORIGIN = "https://receiver.example";

let gateway: TestGateway;
let applicationId: string;
const endpoints = new Map<string, string>();
beforeAll(async () => {
  gateway = await startTestGateway();
  const { application, endpoint, eventType } = gateway.svix;
  applicationId = (await application.create({ name: "App", uid: "app" })).id;
  await application.create({ name: "Other", uid: "other" });
  await eventType.create({ name: "parcel.sent", description: "" });
  await eventType.create({ name: "letter.burnt", description: "", archived: true });
  for (const uid of ["fine", "fails", "never", "unavailable", "disabled"]) {
    const asked = { uid, url: `${ORIGIN}/${uid}`, eventTypes: ["parcel.sent"] };
    const { id } = await endpoint.create("app", { ...asked, disabled: uid === "disabled" });
    endpoints.set(uid, id);
  }
});
afterAll(() => gateway[Symbol.asyncDispose]());

function sent(endpoint: string, body: unknown = MESSAGE, token = gateway.token, app = "app") {
  const path = `/app/${app}/endpoint/${endpoint}/msg/test-attempt`;
  return gateway.call("POST", path, body, token);
}

describe("a test attempt", () => {
  it("goes to its endpoint alone, whatever that is subscribed to, and is answered", async () => {
    const { status, body } = await sent("fine");
    expect(status).toBe(201);
    expect(body).toMatchObject({
      endpointId: endpoints.get("fine"),
      url: `${ORIGIN}/fine`,
      status: 0,
      statusText: "success",
      triggerType: 1,
      responseStatusCode: 200,
      response: "thanks",
    });
    const message = await gateway.svix.message.get("app", body.msgId, { withContent: true });
    expect(message).toMatchObject(MESSAGE);
    const { data } = await gateway.svix.messageAttempt.listByMsg("app", body.msgId);
    expect(data.map(({ id }) => id)).toEqual([body.id]);
    expect(await gateway.store.pendingDeliveries([body.msgId])).toEqual([]);
  });

  it("is answered as well where it failed, and is the only one", async () => {
    const { status, body } = await sent(endpoints.get("fails") ?? "");
    expect([status, body.status, body.response]).toEqual([201, 2, "out of stamps"]);
    expect(await gateway.store.pendingDeliveries([body.msgId])).toEqual([]);
  });

  it("is open to the application's own token, if that may manage endpoints", async () => {
    expect((await sent("fine", MESSAGE, await applicationToken(applicationId))).status).toBe(201);
    for (const capability of ["ViewBase", "CreateAttempts"]) {
      const other = await applicationToken(applicationId, { capabilities: [capability] });
      const { status, body } = await sent("fine", MESSAGE, other);
      expect([status, body.detail]).toEqual([403, expect.stringContaining("ManageEndpoint")]);
    }
    const managing = await applicationToken(applicationId, { capabilities: ["ManageEndpoint"] });
    expect((await sent("fine", MESSAGE, managing)).status).toBe(201);
  });

  it("takes no eventId from the application's token: the producer's message would be refused", async () => {
    const message = { ...MESSAGE, eventId: "letter-1" };
    const refused = await sent("fine", message, await applicationToken(applicationId));
    expect([refused.status, refused.body.detail[0]?.loc]).toEqual([422, ["body", "eventId"]]);
    expect((await gateway.call("POST", "/app/app/msg", message)).status).toBe(202);
  });

  it("is not made at an endpoint that is disabled", async () => {
    const rows = gateway.rows();
    const { status, body } = await sent("disabled");
    expect([status, body.code]).toEqual([409, "endpoint_disabled"]);
    expect(gateway.rows()).toBe(rows);
  });

  it("leaves nothing where the message or the endpoint is not right", async () => {
    const rows = gateway.rows();
    expect((await sent("none")).status).toBe(404);
    expect((await sent("fine", MESSAGE, gateway.token, "other")).status).toBe(404);
    expect((await sent("fine", { eventType: "a.b" })).status).toBe(422);
    expect((await sent("fine", { ...MESSAGE, eventType: "a b" })).status).toBe(422);
    expect((await sent("fine", { ...MESSAGE, eventType: "letter.burnt" })).status).toBe(422);
    expect(gateway.rows()).toBe(rows);
  });

  it("takes an eventId once", async () => {
    const once = { ...MESSAGE, eventId: "once" };
    expect((await sent("fine", once)).status).toBe(201);
    expect((await sent("fine", once)).status).toBe(409);
  });

  it("says when the attempt does not end, and when it cannot be made", async () => {
    const late = await sent("never");
    expect([late.status, late.body.code]).toEqual([504, "attempt_pending"]);
    expect(late.body.detail).toMatch(/msg_\w{27}/);
    expect((await sent("unavailable")).status).toBe(503);
  });
});
