import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import {
  createCustomer,
  createOrderedCustomer,
  deliveryOf,
  ended,
  recorded,
  send,
  workflowIdOf,
  type Customer,
} from "./support/api.ts";
import { call } from "./support/call-api.ts";
import { detailsOf } from "./support/details.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver, type Received } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";
import { advance, holdStarts } from "./support/time.ts";
import { waitFor } from "./support/wait-for.ts";
import { deliverInOrderId } from "../workflows/contract.ts";

const DATABASES =
  inject("postgresUrl") === null ? (["sqlite"] as const) : (["sqlite", "postgres"] as const);
const DAY_MS = 86_400_000;
const HALF_A_YEAR_MS = 180 * DAY_MS;
/** On a machine that does much else; whoever is lost is swept up after 30 s. */
const LATE_MS_MAX = 25_000;

describe.each(DATABASES)("a message with deliverAt, on %s", (database) => {
  let posthorn: Installation;
  beforeAll(async () => {
    posthorn = await startInstallation({ database });
  });
  afterAll(() => posthorn[Symbol.asyncDispose]());

  it("is sent half a year later, and retried; those that came with it are not held up", async () => {
    await using receiver = await startReceiver((_request, count) => ({
      status: count === 3 ? 500 : 204,
    }));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const deliverAt = new Date(Date.now() + HALF_A_YEAR_MS);
    // They share a workflow.
    const release = holdStarts(posthorn.connection);
    const before = await send(posthorn, customer);
    const later = await sendAt(posthorn, customer, deliverAt);
    const beside = await send(posthorn, customer);
    release();
    for (const id of [before, beside]) await ended(posthorn, id);
    const workflowId = await workflowIdOf(posthorn, customer, later);
    expect(await workflowIdOf(posthorn, customer, beside)).toBe(workflowId);
    expect(await deliveryOf(posthorn, later)).toMatchObject({
      state: "pending",
      attemptsMade: 0,
      nextAttemptAtMs: deliverAt.getTime(),
    });
    const [listed] = await listedOf(posthorn, customer, later);
    expect(listed).toMatchObject({ status: 1, nextAttempt: deliverAt });

    await sleeping(posthorn, workflowId);
    await advance(posthorn.temporal, workflowId, HALF_A_YEAR_MS - DAY_MS);
    expect(receiver.requests.map(idOf).toSorted()).toEqual([before, beside].toSorted());
    await advance(posthorn.temporal, workflowId, DAY_MS);
    await recorded(posthorn, later, 1);
    await advance(posthorn.temporal, workflowId, DAY_MS);
    expect((await ended(posthorn, later)).state).toBe("succeeded");
    expect(receiver.requests.slice(2).map(idOf)).toEqual([later, later]);
  });

  it("is sent when its time has come, and no sooner", async () => {
    await using receiver = await startReceiver();
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const dueAtMs = Date.now() + 1_500;
    const id = await sendAt(posthorn, customer, new Date(dueAtMs));
    await ended(posthorn, id);
    const [{ atMs } = { atMs: 0 }] = receiver.requests;
    expect(atMs).toBeGreaterThanOrEqual(dueAtMs);
    expect(atMs).toBeLessThan(dueAtMs + LATE_MS_MAX);
  });

  it("is held to its endpoint's rate like others", async () => {
    await using receiver = await startReceiver();
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const { applicationId, endpointIds } = customer;
    await posthorn.svix.endpoint.patch(applicationId, endpointIds[0] ?? "", { throttleRate: 5 });
    const dueAtMs = Date.now() + 1_500;
    for (let n = 0; n < 5; n++) await sendAt(posthorn, customer, new Date(dueAtMs));
    const times = (await receiver.arrived(5)).map(({ atMs }) => atMs);
    expect(times[0]).toBeGreaterThanOrEqual(dueAtMs);
    // From then on, not from the first: that one may come late, but none comes early.
    expect(times[4]).toBeGreaterThan(dueAtMs + 700);
  });

  it("can be canceled before, and a call that is repeated is answered with it", async () => {
    await using receiver = await startReceiver();
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const { applicationId, endpointIds } = customer;
    const deliverAt = new Date(Date.now() + DAY_MS);
    const message = { eventType: "invoice.paid", payload: {}, deliverAt };
    const options = { idempotencyKey: `key-${database}` };
    const sent = await posthorn.svix.message.create(applicationId, message, options);
    const again = await posthorn.svix.message.create(applicationId, message, options);
    expect(again).toEqual(sent);
    expect(sent.deliverAt).toEqual(deliverAt);
    const found = await posthorn.svix.message.get(applicationId, sent.id);
    expect(found.deliverAt).toEqual(deliverAt);
    await call(posthorn, "POST", `app/${applicationId}/endpoint/${endpointIds[0]}/cancel-msgs`, {
      createdBefore: new Date(Date.now() + 1_000).toISOString(),
    });
    expect((await ended(posthorn, sent.id)).state).toBe("canceled");
    expect(receiver.requests).toEqual([]);
  });

  it("joins the line of an ordered endpoint when its time has come", async () => {
    await using receiver = await startReceiver();
    const customer = await createOrderedCustomer(posthorn, receiver.urlOf("/"));
    const later = await sendAt(posthorn, customer, new Date(Date.now() + HALF_A_YEAR_MS));
    const now = await send(posthorn, customer);
    await ended(posthorn, now);
    const workflowId = deliverInOrderId(customer.endpointIds[0] ?? "");
    await sleeping(posthorn, workflowId);
    expect(receiver.requests.map(idOf)).toEqual([now]);
    // A signal that comes late has the workflow begin its wait anew.
    await advance(posthorn.temporal, workflowId, 3 * HALF_A_YEAR_MS);
    expect((await ended(posthorn, later)).state).toBe("succeeded");
    expect(receiver.requests.map(idOf)).toEqual([now, later]);
  });

  it("is sent at once if its time has passed, and refused if it is too far away", async () => {
    await using receiver = await startReceiver();
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const path = `app/${customer.applicationId}/msg`;
    const message = { eventType: "invoice.paid", payload: {} };
    const past = { ...message, deliverAt: "2020-01-01T00:00:00+02:00" };
    const { id, deliverAt } = await call(posthorn, "POST", path, past);
    expect(deliverAt).toBeNull();
    await ended(posthorn, id);
    const far = { ...message, deliverAt: new Date(Date.now() + 367 * DAY_MS).toISOString() };
    await expect(call(posthorn, "POST", path, far)).rejects.toThrow(/422 .*"deliverAt".*366 days/);
    expect(receiver.requests).toHaveLength(1);
  });
});

async function sendAt({ svix }: Installation, customer: Customer, deliverAt: Date) {
  const message = { eventType: "invoice.paid", payload: { later: true }, deliverAt };
  return (await svix.message.create(customer.applicationId, message)).id;
}

async function listedOf({ svix }: Installation, customer: Customer, messageId: string) {
  const { applicationId, endpointIds } = customer;
  const [endpointId = ""] = endpointIds;
  const { data } = await svix.messageAttempt.listAttemptedMessages(applicationId, endpointId);
  return data.filter(({ id }) => id === messageId);
}

/** Resolves when the workflow says what it waits for. */
async function sleeping({ temporal }: Installation, workflowId: string): Promise<void> {
  await waitFor(`${workflowId} to sleep`, async () => {
    const details = await detailsOf(temporal.workflow.getHandle(workflowId));
    return details.includes("wait") || undefined;
  });
}

function idOf({ headers }: Received): string {
  return String(headers["svix-id"]);
}
