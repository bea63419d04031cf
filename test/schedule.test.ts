import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import {
  attemptsOf,
  createCustomer,
  deliveryOf,
  ended,
  recorded,
  send,
  workflowIdOf,
} from "./support/api.ts";
import { expectWaits } from "./support/due-times.ts";
import { stepsOf } from "./support/history.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver, type Answer } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";
import { advance, virtualNowMs } from "./support/time.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DEFAULT_WAITS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  10 * HOUR,
];
const DATABASES =
  inject("postgresUrl") === null ? (["sqlite"] as const) : (["sqlite", "postgres"] as const);

describe.each(DATABASES)("with time skipped, on %s", (database) => {
  let posthorn: Installation;
  beforeAll(async () => {
    posthorn = await startInstallation({ database, skipsTime: true });
  });
  afterAll(() => posthorn[Symbol.asyncDispose]());

  async function deliver(answer: (count: number) => Answer) {
    const receiver = await startReceiver((_request, count) => answer(count));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const messageId = await send(posthorn, customer);
    const workflow = posthorn.temporal.workflow.getHandle(
      await workflowIdOf(posthorn, customer, messageId),
    );
    const result: unknown = await workflow.result();
    await receiver[Symbol.asyncDispose]();
    return { receiver, customer, messageId, workflow, result };
  }

  it("makes eight attempts over 27.6 hours at an endpoint that always fails, then gives up", async () => {
    const { receiver, customer, messageId, workflow, result } = await deliver(() => ({
      status: 500,
      body: "Out of order",
    }));

    expectWaits(await stepsOf(workflow), DEFAULT_WAITS);
    expect(receiver.requests).toHaveLength(8);
    expect(new Set(receiver.requests.map(({ headers }) => headers["svix-id"]))).toEqual(
      new Set([messageId]),
    );
    expect(result).toEqual({ succeeded: 0, failed: 1 });
    expect((await workflow.describe()).status.name).toBe("COMPLETED");
    expect(await deliveryOf(posthorn, messageId)).toMatchObject({
      state: "exhausted",
      attemptsMade: 8,
      nextAttemptAtMs: null,
    });

    const attempts = await attemptsOf(posthorn, customer, messageId);
    expect(attempts).toHaveLength(8);
    for (const attempt of attempts) {
      expect(attempt).toMatchObject({
        status: 2,
        statusText: "fail",
        responseStatusCode: 500,
        response: "Out of order",
        triggerType: 0,
        endpointId: customer.endpointIds[0],
      });
    }
    const [first] = attempts;
    const kept = await posthorn.store.attempts.find(messageId, first?.id ?? "");
    expect(kept?.attempt.number).toBe(1);
    const destinations = await posthorn.svix.messageAttempt.listAttemptedDestinations(
      customer.applicationId,
      messageId,
    );
    expect(destinations.data).toMatchObject([{ status: 2, nextAttempt: null }]);
    expect(
      await posthorn.svix.endpoint.get(customer.applicationId, customer.endpointIds[0] ?? ""),
    ).toMatchObject({ disabled: false });
  });

  it("numbers the attempts in the order in which they are made", async () => {
    const { customer, messageId } = await deliver(() => ({ status: 503 }));
    const attempts = await attemptsOf(posthorn, customer, messageId);
    const kept = await Promise.all(
      attempts.map(({ id }) => posthorn.store.attempts.find(messageId, id)),
    );
    expect(kept.map((one) => one?.attempt.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("ends with the first success", async () => {
    const { receiver, customer, messageId, workflow, result } = await deliver((count) => ({
      status: count < 3 ? 502 : 200,
    }));
    expectWaits(await stepsOf(workflow), DEFAULT_WAITS.slice(0, 2));
    expect(receiver.requests).toHaveLength(3);
    expect(result).toEqual({ succeeded: 1, failed: 0 });
    expect(await deliveryOf(posthorn, messageId)).toMatchObject({
      state: "succeeded",
      nextAttemptAtMs: null,
    });
    const attempts = await attemptsOf(posthorn, customer, messageId);
    expect(attempts.map(({ status }) => status)).toEqual([2, 2, 0]);
  });

  it("ends with 410, and disables the endpoint", async () => {
    const { receiver, customer, messageId, workflow, result } = await deliver((count) => ({
      status: count < 2 ? 500 : 410,
    }));
    expectWaits(await stepsOf(workflow), DEFAULT_WAITS.slice(0, 1));
    expect(receiver.requests).toHaveLength(2);
    expect(result).toEqual({ succeeded: 0, failed: 1 });
    expect((await deliveryOf(posthorn, messageId)).state).toBe("endpoint_gone");
    const [endpointId = ""] = customer.endpointIds;
    const endpoint = await posthorn.svix.endpoint.get(customer.applicationId, endpointId);
    expect(endpoint.disabled).toBe(true);
  });

  it("waits as Retry-After asks, up to twice as long as scheduled", async () => {
    const asked = ["7", "3600", "1", undefined];
    const { workflow } = await deliver((count) => {
      const retryAfter = asked[count - 1];
      if (count > asked.length) return { status: 204 };
      return { status: 503, ...(retryAfter && { headers: { "retry-after": retryAfter } }) };
    });
    expectWaits(await stepsOf(workflow), [7 * SECOND, 10 * MINUTE, 30 * MINUTE, 2 * HOUR]);
  });
});

describe("with a schedule of the operator's", () => {
  it.each([
    { schedule: "", waitsMs: [] },
    { schedule: "1m,1d", waitsMs: [MINUTE, 24 * HOUR] },
  ])("makes one attempt and one for each wait of '$schedule'", async ({ schedule, waitsMs }) => {
    await using receiver = await startReceiver(() => ({ status: 500 }));
    await using posthorn = await startInstallation({
      skipsTime: true,
      environment: { RETRY_SCHEDULE: schedule },
    });
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const messageId = await send(posthorn, customer);
    const workflow = posthorn.temporal.workflow.getHandle(
      await workflowIdOf(posthorn, customer, messageId),
    );
    await workflow.result();
    expectWaits(await stepsOf(workflow), waitsMs);
    expect((await ended(posthorn, messageId)).state).toBe("exhausted");
    expect(receiver.requests).toHaveLength(waitsMs.length + 1);
  });
});

describe("while a delivery sleeps", () => {
  let posthorn: Installation;
  beforeAll(async () => {
    // Long enough that nothing is due before a test moves the clock on.
    posthorn = await startInstallation({ environment: { RETRY_SCHEDULE: "10m,20m" } });
  });
  afterAll(() => posthorn[Symbol.asyncDispose]());

  it.each([
    { change: "deleted", state: "endpoint_deleted" },
    { change: "disabled", state: "endpoint_disabled" },
    { change: "expunged", state: "expunged" },
  ])("makes no further attempt at what is $change", async ({ change, state }) => {
    await using receiver = await startReceiver(() => ({ status: 500 }));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const { applicationId, endpointIds } = customer;
    const [endpointId = ""] = endpointIds;
    const messageId = await send(posthorn, customer);
    await recorded(posthorn, messageId, 1);
    if (change === "deleted") await posthorn.svix.endpoint.delete(applicationId, endpointId);
    else if (change === "expunged")
      await posthorn.svix.message.expungeContent(applicationId, messageId);
    else await posthorn.svix.endpoint.patch(applicationId, endpointId, { disabled: true });

    const workflowId = await workflowIdOf(posthorn, customer, messageId);
    const workflow = posthorn.temporal.workflow.getHandle(workflowId);
    await advance(posthorn.temporal, workflowId, 15 * MINUTE);
    expect(await workflow.result()).toEqual({ succeeded: 0, failed: 1 });
    expect(await deliveryOf(posthorn, messageId)).toMatchObject({ state, attemptsMade: 1 });
    expect(receiver.requests).toHaveLength(1);
  });

  it("makes the next attempt when it is due, and not before", async () => {
    await using receiver = await startReceiver((_request, count) => ({
      status: count < 3 ? 500 : 200,
    }));
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const messageId = await send(posthorn, customer);
    const workflowId = await workflowIdOf(posthorn, customer, messageId);
    await recorded(posthorn, messageId, 1);
    await advance(posthorn.temporal, workflowId, 11 * MINUTE);
    await recorded(posthorn, messageId, 2);

    const startedAtMs = await virtualNowMs(posthorn.temporal, workflowId);
    await advance(posthorn.temporal, workflowId, 15 * MINUTE);
    expect(await virtualNowMs(posthorn.temporal, workflowId)).toBeGreaterThanOrEqual(
      startedAtMs + 15 * MINUTE,
    );
    expect(receiver.requests).toHaveLength(2);
    await advance(posthorn.temporal, workflowId, 6 * MINUTE);
    await receiver.arrived(3);
    expect((await ended(posthorn, messageId)).state).toBe("succeeded");
  });
});
