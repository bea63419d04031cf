import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { BackgroundTaskStatus } from "svix";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from "vitest";
import { createCustomer, ended, send, type Customer } from "./support/api.ts";
import { call } from "./support/call-api.ts";
import { heardOfCancel } from "./support/heartbeat.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver, type Receiver } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";
import { waitFor } from "./support/wait-for.ts";

/** Over several pages, of 100. */
const MESSAGES = 330;
/** For each 50 of what is left of them. */
const SLOW_MS = 1_500;
const DATABASES =
  inject("postgresUrl") === null ? (["sqlite"] as const) : (["sqlite", "postgres"] as const);

const NO_RETRIES = { RETRY_SCHEDULE: "", RECOVER_RATE: "1000" };

function lastHour(): Date {
  return new Date(Date.now() - 3_600_000);
}

async function sendMany(
  posthorn: Installation,
  customer: Customer,
  count: number,
): Promise<readonly string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const some = Math.min(50, count - ids.length);
    const sent = Array.from({ length: some }, () => send(posthorn, customer));
    ids.push(...(await Promise.all(sent)));
  }
  return ids;
}

function task(posthorn: Installation, id: string) {
  return posthorn.svix.backgroundTask.get(id);
}

/** The task when it has ended. */
async function endOf(posthorn: Installation, id: string) {
  return waitFor(`the end of ${id}`, async () => {
    const found = await task(posthorn, id);
    return found.status === BackgroundTaskStatus.Running ? undefined : found;
  });
}

function timesSent({ requests }: Receiver, from: number): ReadonlyMap<string, number> {
  const ids = requests.slice(from).map(({ headers }) => String(headers["svix-id"]));
  return new Map([...Map.groupBy(ids, (id) => id)].map(([id, times]) => [id, times.length]));
}

function once(ids: readonly string[]): ReadonlyMap<string, number> {
  return new Map(ids.map((id) => [id, 1]));
}

describe.each(DATABASES)("on %s", (database) => {
  let posthorn: Installation;
  beforeAll(async () => {
    posthorn = await startInstallation({ database, environment: NO_RETRIES });
  });
  afterAll(() => posthorn[Symbol.asyncDispose]());

  it("recovers each message that failed once, and none that did not", async () => {
    let isDown = true;
    await using receiver = await startReceiver(({ headers }) => {
      const isFine = Number(headers["content-length"]) % 2 === 0;
      return { status: isDown && !isFine ? 500 : 200 };
    });
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const [endpointId = ""] = customer.endpointIds;
    const failed: string[] = [];
    for (let total = 5; total < 20; total++) {
      // One more digit, one more byte.
      const messageId = await send(posthorn, customer, { total: 10 ** total });
      if ((await ended(posthorn, messageId)).state === "exhausted") failed.push(messageId);
    }
    expect(failed.length).toBeGreaterThan(5);
    isDown = false;
    const before = receiver.requests.length;
    const { svix } = posthorn;
    const since = { since: lastHour() };
    const { id } = await svix.endpoint.recover(customer.applicationId, endpointId, since);
    const counts = { found: failed.length, sent: failed.length, succeeded: failed.length };
    expect(await endOf(posthorn, id)).toMatchObject({
      status: "finished",
      task: "endpoint.recover",
      data: { ...counts, failed: 0, skipped: 0, messagesSent: failed.length },
    });
    expect(timesSent(receiver, before)).toEqual(once(failed));
  });

  it("gives an endpoint that came later what it is subscribed to, and never had", async () => {
    await using receiver = await startReceiver();
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const ids = await sendMany(posthorn, customer, 120);
    // So that their time differs from that of the tasks: ids tell it to 4 ms.
    for (const id of ids) await ended(posthorn, id);
    const { svix } = posthorn;
    const { id: endpointId } = await svix.endpoint.create(customer.applicationId, {
      url: receiver.urlOf("/later"),
    });
    const since = { since: lastHour() };
    const at = [customer.applicationId, endpointId, since] as const;
    const [first, second] = await Promise.all([
      svix.endpoint.replayMissing(...at),
      svix.endpoint.replayMissing(...at),
    ]);
    await endOf(posthorn, first.id);
    await endOf(posthorn, second.id);
    const sent = receiver.at("/later").map(({ headers }) => String(headers["svix-id"]));
    expect(sent.toSorted()).toEqual(ids.toSorted());
  });

  it("deletes an application's payloads, and nobody else's", async () => {
    await using receiver = await startReceiver();
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const other = await createCustomer(posthorn, receiver.urlOf("/"));
    const ids = await sendMany(posthorn, customer, 250);
    const kept = await send(posthorn, other);
    // So that their time differs from that of the task: ids tell it to 4 ms.
    await ended(posthorn, kept);
    const { svix } = posthorn;
    const { id } = await svix.message.expungeAllContents(customer.applicationId);
    expect((await endOf(posthorn, id)).data).toEqual({
      appId: customer.applicationId,
      messagesPurged: 250,
    });
    const payloadOf = async (application: string, message: string) =>
      (await svix.message.get(application, message, { withContent: true })).payload;
    expect(await payloadOf(customer.applicationId, ids[0] ?? "")).toEqual({ expired: true });
    expect(await payloadOf(other.applicationId, kept)).toEqual({ total: 100 });
  });
});

describe("a background task", () => {
  it("goes on after a restart where it was, and sends nothing twice", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "posthorn-restarted-"));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const queue = `posthorn-${randomUUID()}`;
    const environment = { ...NO_RETRIES, DATA_DIR: dataDir, TEMPORAL_TASK_QUEUE: queue };
    let isDown = true;
    let answerMs = 20;
    await using receiver = await startReceiver(async () => {
      if (isDown) return { status: 503 };
      await delay(answerMs);
      return { status: 200 };
    });

    const first = await startInstallation({ environment });
    const customer = await createCustomer(first, receiver.urlOf("/"));
    const [endpointId = ""] = customer.endpointIds;
    const ids = await sendMany(first, customer, MESSAGES);
    for (const id of ids) await ended(first, id);
    isDown = false;
    const before = receiver.requests.length;
    const since = { since: lastHour() };
    const { id } = await first.svix.endpoint.recover(customer.applicationId, endpointId, since);
    await receiver.arrived(before + 130);
    // So that the rest takes longer than it takes to stop.
    answerMs = SLOW_MS;
    await first[Symbol.asyncDispose]();
    answerMs = 0;
    const sentBefore = receiver.requests.length - before;
    expect(sentBefore).toBeLessThan(MESSAGES);

    await using second = await startInstallation({ environment });
    const { status, data } = await endOf(second, id);
    const counts = { found: MESSAGES, sent: MESSAGES, succeeded: MESSAGES, failed: 0 };
    expect([status, data]).toEqual(["finished", expect.objectContaining(counts)]);
    expect(timesSent(receiver, before)).toEqual(once(ids));
  });

  it.each(["the API", "Temporal"])(
    "ends as failed when %s cancels it, and sends no more",
    async (who) => {
      let isDown = true;
      const { promise: hung, resolve: answer } = Promise.withResolvers<void>();
      await using receiver = await startReceiver(async () => {
        if (isDown) return { status: 500 };
        await hung;
        return { status: 200 };
      });
      // What hangs is not to end by itself before.
      const environment = { ...NO_RETRIES, REQUEST_TIMEOUT: "100s" };
      await using posthorn = await startInstallation({ environment });
      const customer = await createCustomer(posthorn, receiver.urlOf("/"));
      const [endpointId = ""] = customer.endpointIds;
      const ids = await sendMany(posthorn, customer, 60);
      for (const id of ids) await ended(posthorn, id);
      isDown = false;
      const { svix } = posthorn;
      const since = { since: lastHour() };
      const { id } = await svix.endpoint.recover(customer.applicationId, endpointId, since);
      await receiver.arrived(ids.length + 10);
      if (who === "the API") await call(posthorn, "POST", `background-task/${id}/cancel`);
      else await posthorn.temporal.workflow.getHandle(id).cancel();
      await heardOfCancel(posthorn, id);
      answer();
      await posthorn.temporal.workflow
        .getHandle(id)
        .result()
        .catch(() => undefined);
      const { status, data } = await endOf(posthorn, id);
      expect([status, data]).toEqual([
        "failed",
        expect.objectContaining({ error: "It was canceled" }),
      ]);
      expect(receiver.requests.length).toBeLessThan(2 * ids.length);
      expect(data).toMatchObject({ found: 60, sent: receiver.requests.length - ids.length });
    },
  );

  it("ends as failed when its endpoint is gone", async () => {
    let isDown = true;
    await using receiver = await startReceiver(() => ({ status: isDown ? 500 : 410 }));
    await using posthorn = await startInstallation({ environment: NO_RETRIES });
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const [endpointId = ""] = customer.endpointIds;
    const ids = await sendMany(posthorn, customer, 80);
    for (const id of ids) await ended(posthorn, id);
    isDown = false;
    const { svix } = posthorn;
    const since = { since: lastHour() };
    const { id } = await svix.endpoint.recover(customer.applicationId, endpointId, since);
    const { status, data } = await endOf(posthorn, id);
    expect([status, data]).toMatchObject(["failed", { error: "The endpoint is disabled" }]);
    expect(receiver.requests.length).toBeLessThan(2 * ids.length);
    expect(await svix.endpoint.get(customer.applicationId, endpointId)).toMatchObject({
      disabled: true,
    });
  });
});
