import { BackgroundTaskStatus } from "svix";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { DEFAULT_RETRY_SCHEDULE, parseRetrySchedule } from "../src/domain/retry-schedule.ts";
import { deliverMessagesId } from "../workflows/contract.ts";
import {
  attemptsOf,
  createCustomer,
  deliveryOf,
  ended,
  recorded,
  send,
  workflowIdOf,
  type Customer,
} from "./support/api.ts";
import { call } from "./support/call-api.ts";
import { expectWaits } from "./support/due-times.ts";
import { stepsOf } from "./support/history.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";
import { advance } from "./support/time.ts";
import { waitFor } from "./support/wait-for.ts";

const MINUTE = 60_000;
/** How late a delivery is when the sweep takes it up, and some. */
const OVERDUE_MS = 31_000;
const DATABASES =
  inject("postgresUrl") === null ? (["sqlite"] as const) : (["sqlite", "postgres"] as const);

/** Of the endpoint, in seconds. */
async function setSchedule(
  posthorn: Installation,
  { applicationId, endpointIds }: Customer,
  waitsS: readonly number[],
) {
  const retrySchedule = waitsS.map((secs) => ({ secs, nanos: 0 }));
  const path = `app/${applicationId}/endpoint/${endpointIds[0]}/retry-schedule`;
  await call(posthorn, "PUT", path, { retrySchedule });
}

async function retry(posthorn: Installation, { applicationId, endpointIds }: Customer, id: string) {
  await call(
    posthorn,
    "POST",
    `app/${applicationId}/msg/${id}/endpoint/${endpointIds[0]}/resend?retry=true`,
  );
}

/** The workflow that carries the message's only delivery since its schedule began anew. */
async function anewWorkflowOf(posthorn: Installation, messageId: string): Promise<string> {
  const before = deliverMessagesId(messageId);
  return waitFor("the new workflow", async () => {
    const { workflowId } = await deliveryOf(posthorn, messageId);
    return workflowId === null || workflowId === before ? undefined : workflowId;
  });
}

describe("a schedule that begins anew when it has ended", () => {
  it("makes as many attempts again, each as long after the one before as at first", async () => {
    await using posthorn = await startInstallation({ skipsTime: true });
    await using receiver = await startReceiver(() => ({ status: 500 }));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const messageId = await send(posthorn, customer);
    expect(await ended(posthorn, messageId)).toMatchObject({ attemptsMade: 8 });
    await retry(posthorn, customer, messageId);
    const delivery = await ended(posthorn, messageId);
    expect(delivery).toMatchObject({ state: "exhausted", attemptsMade: 16 });
    expect(receiver.requests).toHaveLength(16);
    const waitsMs = parseRetrySchedule(DEFAULT_RETRY_SCHEDULE);
    for (const id of [deliverMessagesId(messageId), await anewWorkflowOf(posthorn, messageId)]) {
      const workflow = posthorn.temporal.workflow.getHandle(id);
      await workflow.result();
      expectWaits(await stepsOf(workflow), waitsMs);
    }
    const attempts = await attemptsOf(posthorn, customer, messageId);
    expect(new Set(attempts.map(({ triggerType }) => triggerType))).toEqual(new Set([0]));
  });
});

describe.each(DATABASES)("a schedule that begins anew, on %s", (database) => {
  let posthorn: Installation;
  beforeAll(async () => {
    posthorn = await startInstallation({ database, environment: { RETRY_SCHEDULE: "10m,20m" } });
  });
  afterAll(() => posthorn[Symbol.asyncDispose]());

  it("goes on by itself: who slept for the next attempt of the old one makes none", async () => {
    await using receiver = await startReceiver((_request, count) => ({
      status: count < 3 ? 500 : 200,
    }));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const messageId = await send(posthorn, customer);
    await recorded(posthorn, messageId, 1);
    const sleeper = await workflowIdOf(posthorn, customer, messageId);
    await retry(posthorn, customer, messageId);
    await recorded(posthorn, messageId, 2);
    const anew = await anewWorkflowOf(posthorn, messageId);
    await advance(posthorn.temporal, sleeper, 15 * MINUTE);
    expect(receiver.requests).toHaveLength(2);

    await advance(posthorn.temporal, anew, 11 * MINUTE);
    expect(await ended(posthorn, messageId)).toMatchObject({ state: "succeeded", attemptsMade: 3 });
    await posthorn.temporal.workflow.getHandle(anew).result();
    await advance(posthorn.temporal, sleeper, 60 * MINUTE);
    await posthorn.temporal.workflow.getHandle(sleeper).result();
    expect(receiver.requests).toHaveLength(3);
  });

  it("is taken up by the sweep where the process was lost before a workflow was started", async () => {
    await using receiver = await startReceiver((_request, count) => ({
      status: count === 1 ? 500 : 200,
    }));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const { applicationId, endpointIds } = customer;
    const messageId = await send(posthorn, customer);
    await recorded(posthorn, messageId, 1);
    await workflowIdOf(posthorn, customer, messageId);
    await posthorn.store.deliveries.reopen({
      applicationId,
      endpointId: endpointIds[0] ?? "",
      messageIds: [messageId],
      nowMs: Date.now() - OVERDUE_MS,
      unlessSinceMs: null,
    });
    expect(await ended(posthorn, messageId)).toMatchObject({ state: "succeeded", attemptsMade: 2 });
  });

  it("for many at once, with a background task, each message once", async () => {
    const counts = new Map<unknown, number>();
    await using receiver = await startReceiver(({ headers: { "svix-id": id } }) => {
      const count = (counts.get(id) ?? 0) + 1;
      counts.set(id, count);
      return { status: count < 3 ? 500 : 200 };
    });
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const { applicationId, endpointIds } = customer;
    const [endpointId = ""] = endpointIds;
    await setSchedule(posthorn, customer, []);
    const ids = await Promise.all(Array.from({ length: 130 }, () => send(posthorn, customer)));
    for (const id of ids) expect((await ended(posthorn, id)).state).toBe("exhausted");
    await setSchedule(posthorn, customer, [1]);
    const since = new Date(Date.now() - 60 * MINUTE).toISOString();
    const path = `app/${applicationId}/endpoint/${endpointId}/recover?retry=true`;
    const { id: taskId } = await call(posthorn, "POST", path, { since });
    const data = await waitFor("the task's end", async () => {
      const task = await posthorn.svix.backgroundTask.get(taskId);
      return task.status === BackgroundTaskStatus.Finished ? task.data : undefined;
    });
    expect(data).toMatchObject({ found: ids.length, sent: ids.length });
    const succeeded = { state: "succeeded", attemptsMade: 3 };
    for (const id of ids) expect(await ended(posthorn, id)).toMatchObject(succeeded);
    expect(receiver.requests).toHaveLength(3 * ids.length);
  });
});

describe("what is pending", () => {
  let posthorn: Installation;
  beforeAll(async () => {
    posthorn = await startInstallation({ environment: { RETRY_SCHEDULE: "10m,20m" } });
  });
  afterAll(() => posthorn[Symbol.asyncDispose]());

  it("is attempted no more when it is canceled, and its workflow ends when it wakes", async () => {
    await using receiver = await startReceiver(() => ({ status: 500 }));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const messageId = await send(posthorn, customer);
    await recorded(posthorn, messageId, 1);
    const sleeper = await workflowIdOf(posthorn, customer, messageId);
    const { applicationId, endpointIds } = customer;
    await call(
      posthorn,
      "POST",
      `app/${applicationId}/msg/${messageId}/endpoint/${endpointIds[0]}/cancel`,
    );
    expect((await deliveryOf(posthorn, messageId)).state).toBe("canceled");
    await advance(posthorn.temporal, sleeper, 60 * MINUTE);
    expect(await posthorn.temporal.workflow.getHandle(sleeper).result()).toEqual({
      succeeded: 0,
      failed: 1,
    });
    expect(receiver.requests).toHaveLength(1);
  });

  it("waits as its endpoint's schedule says, from the next attempt on", async () => {
    await using receiver = await startReceiver(() => ({ status: 500 }));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const messageId = await send(posthorn, customer);
    await recorded(posthorn, messageId, 1);
    const sleeper = await workflowIdOf(posthorn, customer, messageId);
    await setSchedule(posthorn, customer, [60, 3_600]);
    await advance(posthorn.temporal, sleeper, 11 * MINUTE);
    const fromMs = Date.now();
    const { nextAttemptAtMs } = await recorded(posthorn, messageId, 2);
    expect(nextAttemptAtMs).toBeGreaterThan(fromMs + 50 * MINUTE);
    await advance(posthorn.temporal, sleeper, 120 * MINUTE);
    expect(await ended(posthorn, messageId)).toMatchObject({ state: "exhausted", attemptsMade: 3 });
  });
});
