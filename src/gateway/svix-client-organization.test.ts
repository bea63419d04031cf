import type { EnvironmentIn } from "svix";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./testing/test-gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe("the stock client", () => {
  it("keeps endpoints of the organization itself", async () => {
    const { endpoint } = gateway.svix.operationalWebhook;
    const created = await endpoint.create({
      url: "https://a.example",
      uid: "own",
      eventTypes: ["endpoint.disabled"],
      headers: { "x-a": "1" },
    });
    expect(created).toMatchObject({ url: "https://a.example/", uid: "own" });
    expect(created.createdAt).toBeInstanceOf(Date);
    expect(await endpoint.get("own")).toEqual(created);
    const { id } = await endpoint.upsert("own", { url: "https://b.example" });
    expect((await endpoint.list({ limit: 1 })).data).toMatchObject([{ id, eventTypes: null }]);

    const { key } = await endpoint.getSecret(id);
    await endpoint.rotateSecret(id, { gracePeriodSeconds: 0 });
    expect((await endpoint.getSecret(id)).key).not.toBe(key);
    expect((await endpoint.getHeaders(id)).headers).toEqual({ "x-a": "1" });
    await endpoint.setHeaders(id, { headers: { "x-b": "2" } });
    expect(await endpoint.getHeaders(id)).toEqual({ headers: { "x-b": "2" }, sensitive: [] });
    await endpoint.delete(id);
    await expect(endpoint.get(id)).rejects.toMatchObject({ code: 404 });
  });

  it("imports event types from an OpenAPI document", async () => {
    const { eventType } = gateway.svix;
    const specRaw = "webhooks:\n  a.b:\n    post: { description: A b happened, tags: [a] }";
    const dry = await eventType.importOpenapi({ specRaw, dryRun: true });
    expect(dry.data).toMatchObject({
      modified: [],
      toModify: [{ name: "a.b", description: "A b happened", groupName: "a", deprecated: false }],
    });
    const spec = { webhooks: { "a.b": {}, "a.c": {} } };
    const { data } = await eventType.importOpenapi({ spec, replaceAll: true });
    expect(data.modified).toEqual(["a.b", "a.c"]);
    await expect(eventType.importOpenapi({})).rejects.toMatchObject({ code: 400 });
  });

  it("imports the environment that it has exported", async () => {
    const { environment, eventType } = gateway.svix;
    await eventType.create({ name: "kept", description: "before", featureFlags: ["f"] });
    const exported = await environment.export();
    await eventType.patch("kept", { description: "after" });
    // Connectors of the two directions have different types, and there are none.
    const { eventTypes, settings } = exported;
    const imported: EnvironmentIn = { eventTypes, settings, connectors: [] };
    await environment.import(imported);
    const found = await eventType.get("kept");
    expect(found).toMatchObject({ description: "before", featureFlags: ["f"] });
  });
});
