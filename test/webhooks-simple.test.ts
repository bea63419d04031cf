import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { ended, workflowIdOf } from "./support/api.ts";
import { call } from "./support/call-api.ts";
import { expectWaits } from "./support/due-times.ts";
import { startGuideReceiver } from "./support/guide-receiver.ts";
import { stepsOf } from "./support/history.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";

const SECRET = "a secret that only we know";
const EVENT = "playground-created";
const EXAMPLE = { id: "pg_example" };
const DATA = { id: "pg_1", name: "Zoë 🎺 \u2028", 10: "ten", nested: { list: [1, 2.5, null] } };

const DATABASES =
  inject("postgresUrl") === null ? (["sqlite"] as const) : (["sqlite", "postgres"] as const);

/** An application of its own, and what its key does below /v1. */
async function newCustomer(posthorn: Installation, mode: "live" | "test" = "live") {
  const { id: applicationId } = await posthorn.svix.application.create({ name: "Ida" });
  const schemas = { 1: { type: "object", examples: [EXAMPLE] } };
  await call(posthorn, "PUT", `event-type/${EVENT}`, { description: "", schemas });
  const named = { name: "Ida", appId: applicationId, mode };
  const { key } = await call(posthorn, "POST", "api-key", named);
  return {
    applicationId,
    async api(method: string, path: string, body?: unknown) {
      const answer = await fetch(`${posthorn.url}/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
      return text === "" ? undefined : JSON.parse(text);
    },
  };
}

const hmac = (body: Buffer) => createHmac("sha256", SECRET).update(body).digest("hex");

describe("a webhook", () => {
  let posthorn: Installation;
  beforeAll(async () => {
    posthorn = await startInstallation();
  });
  afterAll(() => posthorn[Symbol.asyncDispose]());

  it("is accepted by who signs what was parsed, and by who signs the raw bytes", async () => {
    await using guide = await startGuideReceiver(SECRET);
    await using raw = await startReceiver(({ body, headers }) => ({
      status: headers["x-runa-signature"] === hmac(body) ? 204 : 401,
    }));
    const { api } = await newCustomer(posthorn);
    for (const url of [guide.url, raw.urlOf("/")]) {
      await api("POST", "/webhooks", { url, secret: SECRET, events: [EVENT] });
    }
    const { messageId } = await api("POST", "/events", { event: EVENT, data: DATA });
    await api("POST", "/events", { event: "another", data: {} });
    await raw.arrived(1);
    await expect.poll(() => guide.bodies).toEqual([{ event: EVENT, data: DATA }]);
    const [request] = raw.requests;
    expect(request?.body.toString()).toBe(JSON.stringify({ event: EVENT, data: DATA }));
    await expect
      .poll(async () =>
        (await posthorn.store.messages.deliveries(messageId)).map((one) => one.state),
      )
      .toEqual(["succeeded", "succeeded"]);
    expect(raw.requests).toHaveLength(1);
  });

  it("beside other endpoints, which get the data alone, byte for byte as compact JSON", async () => {
    await using receiver = await startReceiver();
    const { api, applicationId } = await newCustomer(posthorn);
    await posthorn.svix.endpoint.create(applicationId, { url: receiver.urlOf("/") });
    await api("POST", "/events", [{ event: EVENT, data: DATA }]);
    const [request] = await receiver.arrived(1);
    expect(request?.body.toString()).toBe(JSON.stringify(DATA));
  });

  it("is tested at once: what the server said, or why there was nothing", async () => {
    await using receiver = await startReceiver((_request, count) =>
      count === 1 ? { status: 401, body: "who are you?" } : { status: 204 },
    );
    const { api } = await newCustomer(posthorn);
    const made = await api("POST", "/webhooks", { url: receiver.urlOf("/"), secret: SECRET });
    const path = `/webhooks/${made.id}`;
    const refused = await api("POST", `${path}/test`, { event: EVENT });
    expect(refused).toMatchObject({ succeeded: false, statusCode: 401, response: "who are you?" });
    expect(refused.error).toContain("raw bytes");
    const fine = await api("POST", `${path}/test`, { event: EVENT });
    expect(fine).toMatchObject({ succeeded: true, statusCode: 204, error: null });
    expect(receiver.requests.map(({ body }) => body.toString())).toEqual(
      Array.from({ length: 2 }, () => JSON.stringify({ event: EVENT, data: EXAMPLE })),
    );
    expect(receiver.requests[1]?.headers["x-runa-signature"]).toBe(
      hmac(receiver.requests[1]?.body ?? Buffer.of()),
    );
    await api("PATCH", path, { url: "http://127.0.0.1:1/" });
    const silent = await api("POST", `${path}/test`, { event: EVENT });
    expect(silent).toMatchObject({ succeeded: false, statusCode: null, response: "" });
    expect(silent.error).toMatch(/refused/);
  });

  it("of a sandbox gets what is triggered there, marked as such", async () => {
    await using receiver = await startReceiver();
    const { api } = await newCustomer(posthorn, "test");
    await api("POST", "/webhooks", { url: receiver.urlOf("/"), secret: SECRET });
    await api("POST", `/events/${EVENT}/trigger`);
    const [request] = await receiver.arrived(1);
    expect(request?.body.toString()).toBe(JSON.stringify({ event: EVENT, data: EXAMPLE }));
    expect(request?.headers).toMatchObject({
      "posthorn-mode": "test",
      "x-runa-signature": hmac(request?.body ?? Buffer.of()),
    });
  });
});

describe.each(DATABASES)("a webhook's retries, with time skipped, on %s", (database) => {
  let posthorn: Installation;
  beforeAll(async () => {
    posthorn = await startInstallation({ database, skipsTime: true });
  });
  afterAll(() => posthorn[Symbol.asyncDispose]());

  it.each([
    { retry: undefined, waitsMs: [5_000, 30_000, 180_000, 1_080_000, 3_600_000] },
    { retry: { attempts: 4, schedule: ["30s", "5m"] }, waitsMs: [30_000, 300_000, 300_000] },
    {
      retry: { attempts: 5, initialMs: 10_000, factor: 3, maxMs: 120_000 },
      waitsMs: [10_000, 30_000, 90_000, 120_000],
    },
    { retry: { attempts: 1 }, waitsMs: [] },
  ])("are made when $retry says, and no more", async ({ retry, waitsMs }) => {
    await using receiver = await startReceiver(() => ({ status: 503 }));
    const { api, applicationId } = await newCustomer(posthorn);
    const made = await api("POST", "/webhooks", { url: receiver.urlOf("/"), retry });
    expect(made.retry.waitsMs).toEqual(waitsMs);
    const { messageId } = await api("POST", "/events", { event: EVENT, data: DATA });
    const customer = { applicationId, endpointIds: [made.id] };
    const workflowId = await workflowIdOf(posthorn, customer, messageId);
    const workflow = posthorn.temporal.workflow.getHandle(workflowId);
    await workflow.result();
    expectWaits(await stepsOf(workflow), waitsMs);
    expect(receiver.requests).toHaveLength(waitsMs.length + 1);
    expect(new Set(receiver.requests.map(({ body }) => body.toString())).size).toBe(1);
    expect((await ended(posthorn, messageId)).state).toBe("exhausted");
    const { data } = await api("GET", `/webhooks/${made.id}/deliveries`);
    expect(data).toMatchObject([
      {
        id: messageId,
        status: "failed",
        attempts: waitsMs.length + 1,
        lastStatusCode: 503,
        nextAttemptAt: null,
        ended: "All attempts have failed",
      },
    ]);
  });
});
