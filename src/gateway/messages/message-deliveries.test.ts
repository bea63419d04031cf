import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordAttempt } from "../testing/test-attempts.ts";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

let gateway: TestGateway;
let applicationId: string;
let messageId: string;
let endpointIds: readonly string[];
beforeAll(async () => {
  gateway = await startTestGateway();
  const { svix } = gateway;
  applicationId = (await svix.application.create({ name: "App", uid: "app" })).id;
  await svix.application.create({ name: "Other", uid: "other" });
  const made: string[] = [];
  for (const path of ["fine", "waits", "new"]) {
    made.push((await svix.endpoint.create("app", { url: `https://a.example/${path}` })).id);
  }
  endpointIds = made;
  const message = { eventType: "a.b", eventId: "one", payload: {} };
  messageId = (await svix.message.create("app", message)).id;
  const [fine = "", waits = ""] = endpointIds;
  await recordAttempt(gateway, { applicationId, messageId, endpointId: fine, state: "succeeded" });
  await recordAttempt(gateway, { applicationId, messageId, endpointId: waits, state: "pending" });
  await gateway.store.noteWorkflow([messageId], "deliver-it");
});
afterAll(() => gateway[Symbol.asyncDispose]());

const PATH = "/app/app/msg/one/delivery";

describe("a message's deliveries", () => {
  it("say how far each is, and when it goes on", async () => {
    const token = await applicationToken(applicationId);
    const { status, body } = await gateway.call("GET", PATH, undefined, token);
    expect(status).toBe(200);
    const nobody = { workflowId: null, workflowUrl: null };
    expect(body.data).toMatchObject([
      { endpointId: endpointIds[0], state: "succeeded", nextAttempt: null, ...nobody },
      { endpointId: endpointIds[1], state: "pending", attemptsMade: 1, ...nobody },
      { endpointId: endpointIds[2], state: "pending", attemptsMade: 0, ...nobody },
    ]);
    expect(Date.parse(body.data[1].nextAttempt)).toBeGreaterThan(Date.now());
  });

  it("link an operator to the workflow that carries them", async () => {
    const { body } = await gateway.call("GET", `${PATH}?limit=1`);
    expect(body).toMatchObject({ done: false, iterator: endpointIds[0] });
    const next = await gateway.call("GET", `${PATH}?limit=1&iterator=${body.iterator}`);
    expect(next.body.data).toMatchObject([
      { workflowId: "deliver-it", workflowUrl: "https://temporal.example/deliver-it" },
    ]);
  });

  it("in an ordered endpoint's line say whom they wait for", async () => {
    const { id } = await gateway.svix.application.create({ name: "In order" });
    const endpoint = { url: "https://a.example/", ordered: true };
    await gateway.call("POST", `/app/${id}/endpoint`, endpoint);
    await gateway.call("POST", `/app/${id}/endpoint`, { url: "https://a.example/side-by-side" });
    const send = async () =>
      (await gateway.svix.message.create(id, { eventType: "a.b", payload: {} })).id;
    const sent = [await send(), await send(), await send()];
    const waitsFor = async (messageId: string | undefined) => {
      const { body } = await gateway.call("GET", `/app/${id}/msg/${messageId}/delivery`);
      return body.data.map((one: { readonly waitsFor: string | null }) => one.waitsFor);
    };
    expect(await waitsFor(sent[0])).toEqual([null, null]);
    expect(await waitsFor(sent[1])).toEqual([sent[0], null]);
    expect(await waitsFor(sent[2])).toEqual([sent[0], null]);
    const deliverAt = new Date(Date.now() + 3_600_000).toISOString();
    const later = { eventType: "a.b", payload: {}, deliverAt };
    const { body } = await gateway.call("POST", `/app/${id}/msg`, later);
    expect(await waitsFor(body.id)).toEqual([null, null]);
  });

  it("that are attempted by hand with success have no further attempt", async () => {
    const [, waits = ""] = endpointIds;
    await gateway.svix.messageAttempt.resend("app", messageId, waits);
    const { body } = await gateway.call("GET", PATH);
    expect(body.data[1]).toMatchObject({ state: "succeeded", nextAttempt: null });
  });

  it("are another application's to nobody else", async () => {
    const token = await applicationToken(applicationId);
    const path = `/app/other/msg/${messageId}/delivery`;
    expect((await gateway.call("GET", path, undefined, token)).status).toBe(404);
    expect((await gateway.call("GET", path)).status).toBe(404);
  });
});
