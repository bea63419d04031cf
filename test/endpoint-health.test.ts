import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { WorkflowNotFoundError } from "@temporalio/client";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { watchEndpointId } from "../workflows/contract.ts";
import {
  createCustomer,
  deliveryOf,
  ended,
  recorded,
  send,
  workflowIdOf,
  type Customer,
} from "./support/api.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver, type Receiver } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";
import { advance } from "./support/time.ts";
import { waitFor } from "./support/wait-for.ts";
import { endpointOf, sleepingWatch } from "./support/watches.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** On top of the patience and the interval of tell-watches.ts, with time to spare. */
const UNTOLD_MS = 3_000;

const DATABASES =
  inject("postgresUrl") === null ? (["sqlite"] as const) : (["sqlite", "postgres"] as const);

/** A receiver that fails until it is told not to. */
async function startPatient(): Promise<Receiver & { status: number }> {
  const state = { status: 500 };
  const receiver = await startReceiver(() => ({ status: state.status }));
  return Object.assign(state, receiver);
}

async function sendFailing(posthorn: Installation, customer: Customer, many: number) {
  const ids = await Promise.all(Array.from({ length: many }, () => send(posthorn, customer)));
  for (const id of ids) await recorded(posthorn, id, 1);
  return ids;
}

// At once, because most of them wait, each for workflows of its own.
describe.concurrent.each(DATABASES)("an endpoint that fails, on %s", (database) => {
  let posthorn: Installation;
  beforeAll(async () => {
    // Nothing is attempted again while a test lasts.
    posthorn = await startInstallation({ database, environment: { RETRY_SCHEDULE: "1h,1h" } });
  });
  afterAll(() => posthorn[Symbol.asyncDispose]());

  async function failingCustomer(receiver: Receiver, failures = 2) {
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const [endpointId = ""] = customer.endpointIds;
    const messageIds = await sendFailing(posthorn, customer, failures);
    const watch = await sleepingWatch(posthorn, endpointId);
    const { runId } = await watch.describe();
    return { customer, endpointId, messageIds, watch, runId };
  }

  it("for five days is disabled, and not an hour before; what slept has ended", async () => {
    await using receiver = await startPatient();
    const { customer, messageIds, watch } = await failingCustomer(receiver);
    const { temporal, svix } = posthorn;
    await advance(temporal, watch.workflowId, 4 * DAY + 23 * HOUR);
    expect(await endpointOf(posthorn, customer)).toMatchObject({ disabled: false });

    await advance(temporal, watch.workflowId, 2 * HOUR);
    expect(await watch.result()).toEqual({ kind: "disabled", reason: "failing", ended: 2 });
    const { health, disabled } = await endpointOf(posthorn, customer);
    expect(disabled).toBe(true);
    expect(health).toMatchObject({ disabledReason: "failing", failedAttempts: 2 });
    for (const id of messageIds) {
      expect(await deliveryOf(posthorn, id)).toMatchObject({ state: "endpoint_disabled" });
    }
    const [first = ""] = messageIds;
    const sleeper = await workflowIdOf(posthorn, customer, first);
    await advance(temporal, sleeper, 2 * HOUR);
    await temporal.workflow.getHandle(sleeper).result();
    expect(receiver.requests).toHaveLength(2);

    const { id } = await svix.message.create(customer.applicationId, {
      eventType: "letter.sent",
      payload: {},
    });
    expect(await posthorn.store.messages.deliveries(id)).toEqual([]);
  });

  it("is saved by one success, and then has five days again", async () => {
    await using receiver = await startPatient();
    const { customer, endpointId, watch, runId } = await failingCustomer(receiver);
    await advance(posthorn.temporal, watch.workflowId, 3 * DAY);
    receiver.status = 204;
    await ended(posthorn, await send(posthorn, customer));
    expect(await watch.result()).toEqual({ kind: "healthy" });

    receiver.status = 500;
    await sendFailing(posthorn, customer, 2);
    const again = await sleepingWatch(posthorn, endpointId, runId);
    await advance(posthorn.temporal, again.workflowId, 4 * DAY + 23 * HOUR);
    expect(await endpointOf(posthorn, customer)).toMatchObject({ disabled: false });
    await advance(posthorn.temporal, again.workflowId, 2 * HOUR);
    expect(await again.result()).toMatchObject({ kind: "disabled", reason: "failing" });
  });

  it("that is enabled starts afresh", async () => {
    await using receiver = await startPatient();
    const { customer, endpointId, watch, runId } = await failingCustomer(receiver);
    await advance(posthorn.temporal, watch.workflowId, 5 * DAY + HOUR);
    await watch.result();
    await posthorn.svix.endpoint.patch(customer.applicationId, endpointId, { disabled: false });
    expect(await endpointOf(posthorn, customer)).toMatchObject({
      disabled: false,
      health: { failingSinceMs: null, disabledReason: null, disabledAtMs: null },
    });
    await sendFailing(posthorn, customer, 2);
    const again = await sleepingWatch(posthorn, endpointId, runId);
    await advance(posthorn.temporal, again.workflowId, 4 * DAY + 23 * HOUR);
    expect(await endpointOf(posthorn, customer)).toMatchObject({ disabled: false });
  });

  it("many times at once has one watch, which is told once", async () => {
    await using receiver = await startPatient();
    const { watch } = await failingCustomer(receiver, 40);
    await delay(UNTOLD_MS);
    const { events } = await watch.fetchHistory();
    const names = (events ?? []).flatMap(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? [],
    );
    expect(names).toEqual(["judgeEndpoint"]);
    const signals = (events ?? []).filter(
      (event) => event.workflowExecutionSignaledEventAttributes,
    );
    expect(signals).toHaveLength(1);
    expect((await watch.describe()).status.name).toBe("RUNNING");
  });

  it("is watched as before when its URL is changed", async () => {
    await using receiver = await startPatient();
    const { customer, endpointId, watch } = await failingCustomer(receiver);
    const before = await endpointOf(posthorn, customer);
    const url = receiver.urlOf("/elsewhere");
    await posthorn.svix.endpoint.patch(customer.applicationId, endpointId, { url });
    await advance(posthorn.temporal, watch.workflowId, 5 * DAY + HOUR);
    expect(await watch.result()).toMatchObject({ kind: "disabled" });
    const { health } = await endpointOf(posthorn, customer);
    expect(health.failingSinceMs).toBe(before.health.failingSinceMs);
    expect(receiver.at("/elsewhere")).toEqual([]);
  });

  it("is disabled by 410 at once, and what slept has ended", async () => {
    await using receiver = await startPatient();
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const [slept = ""] = await sendFailing(posthorn, customer, 1);
    receiver.status = 410;
    const gone = await send(posthorn, customer);
    expect(await ended(posthorn, gone)).toMatchObject({ state: "endpoint_gone" });
    expect(await endpointOf(posthorn, customer)).toMatchObject({
      disabled: true,
      health: { disabledReason: "gone", failedAttempts: null },
    });
    expect(await ended(posthorn, slept)).toMatchObject({ state: "endpoint_disabled" });
  });

  it("and that its owner disables leaves nothing asleep", async () => {
    await using receiver = await startPatient();
    const { customer, endpointId, messageIds, watch } = await failingCustomer(receiver);
    await posthorn.svix.endpoint.patch(customer.applicationId, endpointId, { disabled: true });
    expect(await watch.result()).toEqual({ kind: "disabled", reason: "owner", ended: 2 });
    for (const id of messageIds) {
      expect(await deliveryOf(posthorn, id)).toMatchObject({ state: "endpoint_disabled" });
    }
  });
});

describe.concurrent("with settings of the operator's", () => {
  it("one failed attempt disables nothing in five days, but the next one does", async () => {
    await using receiver = await startPatient();
    await using posthorn = await startInstallation({ environment: { RETRY_SCHEDULE: "" } });
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    await sendFailing(posthorn, customer, 1);
    const watch = await sleepingWatch(posthorn, customer.endpointIds[0] ?? "");
    await advance(posthorn.temporal, watch.workflowId, 6 * DAY);
    expect(await watch.result()).toEqual({ kind: "one_more_failure" });
    await delay(UNTOLD_MS);
    expect(await endpointOf(posthorn, customer)).toMatchObject({ disabled: false });

    await sendFailing(posthorn, customer, 1);
    const { health } = await waitFor("the endpoint to be disabled", async () => {
      const endpoint = await endpointOf(posthorn, customer);
      return endpoint.disabled ? endpoint : undefined;
    });
    expect(health).toMatchObject({ disabledReason: "failing", failedAttempts: 2 });
  });

  it("a restart in the middle changes nothing", async ({ onTestFinished }) => {
    const directory = mkdtempSync(join(tmpdir(), "posthorn-health-"));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const environment = { DATA_DIR: directory, TEMPORAL_TASK_QUEUE: `health-${randomUUID()}` };
    await using receiver = await startPatient();
    const first = await startInstallation({ environment });
    const customer = await createCustomer(first, receiver.urlOf("/"));
    await sendFailing(first, customer, 2);
    const { workflowId } = await sleepingWatch(first, customer.endpointIds[0] ?? "");
    await advance(first.temporal, workflowId, 3 * DAY);
    await first[Symbol.asyncDispose]();

    await using second = await startInstallation({ environment });
    await advance(second.temporal, workflowId, DAY + 23 * HOUR);
    expect(await endpointOf(second, customer)).toMatchObject({ disabled: false });
    await advance(second.temporal, workflowId, 2 * HOUR);
    const result: unknown = await second.temporal.workflow.getHandle(workflowId).result();
    expect(result).toMatchObject({ kind: "disabled", reason: "failing" });
    expect((await endpointOf(second, customer)).disabled).toBe(true);
  });

  it("an endpoint may fail for ever where none is disabled", async () => {
    await using receiver = await startPatient();
    const environment = { DISABLE_ENDPOINT_AFTER: "never" };
    await using posthorn = await startInstallation({ environment });
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const [endpointId = ""] = customer.endpointIds;
    await sendFailing(posthorn, customer, 2);
    await delay(UNTOLD_MS);
    const watch = posthorn.temporal.workflow.getHandle(watchEndpointId(endpointId));
    await expect(watch.describe()).rejects.toThrow(WorkflowNotFoundError);
    const { disabled, health } = await endpointOf(posthorn, customer);
    expect(disabled).toBe(false);
    expect(health.failingSinceMs).not.toBeNull();
  });

  it("the time may be as short as milliseconds, and is not cut short", async () => {
    await using receiver = await startPatient();
    const environment = { DISABLE_ENDPOINT_AFTER: "700ms", RETRY_SCHEDULE: "10ms,10ms" };
    await using posthorn = await startInstallation({ environment });
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    await send(posthorn, customer);
    const { health } = await waitFor("the endpoint to be disabled", async () => {
      const endpoint = await endpointOf(posthorn, customer);
      return endpoint.disabled ? endpoint : undefined;
    });
    const tookMs = (health.disabledAtMs ?? 0) - (health.failingSinceMs ?? 0);
    expect(tookMs).toBeGreaterThanOrEqual(700);
  });
});
