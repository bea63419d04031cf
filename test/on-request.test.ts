import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createCustomer,
  deliveryOf,
  recorded,
  send,
  workflowIdOf,
  type Customer,
} from "./support/api.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";
import { advance } from "./support/time.ts";

/** So long that no retry is due before a test moves the clock on. */
const RETRY_SCHEDULE = "10m,20m";
const AFTER_THE_FIRST_WAIT_MS = 11 * 60_000;

let posthorn: Installation;
beforeAll(async () => {
  posthorn = await startInstallation({ environment: { RETRY_SCHEDULE } });
});
afterAll(() => posthorn[Symbol.asyncDispose]());

async function call(method: string, path: string, body?: object) {
  const answer = await fetch(`${posthorn.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${posthorn.token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? {} : JSON.parse(text) };
}

function pathOf({ applicationId, endpointIds }: Customer): string {
  return `/app/${applicationId}/endpoint/${endpointIds[0] ?? ""}`;
}

describe("messages that are canceled", () => {
  it("are attempted no more, and their workflow ends", async () => {
    await using receiver = await startReceiver(() => ({ status: 500 }));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const messageId = await send(posthorn, customer);
    await recorded(posthorn, messageId, 1);
    const createdBefore = new Date(Date.now() + 60_000).toISOString();
    const answer = await call("POST", `${pathOf(customer)}/cancel-msgs`, { createdBefore });
    expect(answer.status).toBe(204);

    const workflowId = await workflowIdOf(posthorn, customer, messageId);
    await advance(posthorn.temporal, workflowId, AFTER_THE_FIRST_WAIT_MS);
    const workflow = posthorn.temporal.workflow.getHandle(workflowId);
    expect(await workflow.result()).toEqual({ succeeded: 0, failed: 1 });
    expect(await deliveryOf(posthorn, messageId)).toMatchObject({ state: "canceled" });
    expect(receiver.requests).toHaveLength(1);
  });
});

describe("a test attempt", () => {
  it("is made once, whatever the endpoint wants and answers, and can be looked into", async () => {
    await using receiver = await startReceiver(() => ({
      status: 418,
      headers: { "x-pot": "tea", "set-cookie": "brew=1" },
    }));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    await posthorn.svix.eventType.create({ name: "other", description: "" });
    const [endpointId = ""] = customer.endpointIds;
    const wanted = { eventTypes: ["other"] };
    await posthorn.svix.endpoint.patch(customer.applicationId, endpointId, wanted);
    await call("PUT", `${pathOf(customer)}/headers`, { headers: { "x-tenant": "42" } });

    const message = { eventType: "invoice.paid", payload: { total: 1 } };
    const { status, body } = await call("POST", `${pathOf(customer)}/msg/test-attempt`, message);
    expect([status, body.status, body.responseStatusCode]).toEqual([201, 2, 418]);
    expect(body.triggerType).toBe(1);
    const [request] = await receiver.arrived(1);
    expect(request?.headers["x-tenant"]).toBe("42");

    const path = `/app/${customer.applicationId}/msg/${body.msgId}/attempt/${body.id}/headers`;
    const headers = await call("GET", path);
    expect(headers.body.sentHeaders["content-type"]).toBe("application/json");
    expect(headers.body.responseHeaders).toContainEqual(["x-pot", "tea"]);
    expect(headers.body.sensitive).toEqual(["x-tenant", "set-cookie"]);
    expect(await posthorn.store.pendingDeliveries([body.msgId])).toEqual([]);
    expect(receiver.requests).toHaveLength(1);
  });
});
