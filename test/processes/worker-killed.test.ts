import { expect, test } from "vitest";
import { migratedDatabase } from "../support/migrated-database.ts";
import { installationSettings, startGateway, startWorker } from "../support/process.ts";
import { createProducer } from "../support/producer.ts";
import { startReceiver } from "../support/receiver.ts";
import { waitFor } from "../support/wait-for.ts";

/** Temporal gives a worker 10 s for a task, and we ourselves REQUEST_TIMEOUT + 10 s for an attempt. */
const TAKEOVER_MS_MAX = 120_000;
const TEST_MS_MAX = 300_000;
/** Longer than a machine stands still, where an attempt that is given up would be another test. */
const PATIENT = { REQUEST_TIMEOUT: "10s" };
const MESSAGES_UNDER_LOAD = 100;

test(
  "a worker killed while a receiver has its request: another makes the attempt again",
  async () => {
    await using receiver = await startReceiver((_request, count) =>
      count === 1 ? undefined : { status: 200 },
    );
    const settings = { ...installationSettings(await migratedDatabase()), ...PATIENT };
    const [gateway, first] = await Promise.all([startGateway(settings), startWorker(settings)]);
    const producer = await createProducer(gateway.url);
    await producer.createEndpoint(receiver.urlOf("/"));

    const { id } = await producer.send({ order: 1 });
    await receiver.arrived(1);
    first.kill("SIGKILL");
    await startWorker(settings);

    await waitFor("the delivery", () => producer.hasEnded(id), TAKEOVER_MS_MAX);
    expect(await producer.deliveries(id)).toMatchObject([{ statusText: "success" }]);
    expect(await producer.attempts(id)).toMatchObject([{ responseStatusCode: 200 }]);
    expect(receiver.requests.map(({ headers }) => headers["svix-id"])).toEqual([id, id]);
    const [body, again] = receiver.requests.map((request) => request.body.toString());
    expect(again).toBe(body);
  },
  TEST_MS_MAX,
);

test(
  "a worker killed between two attempts: another makes the second when it is due",
  async () => {
    await using receiver = await startReceiver((_request, count) => ({
      status: count === 1 ? 503 : 200,
    }));
    const settings = {
      ...installationSettings(await migratedDatabase()),
      ...PATIENT,
      RETRY_SCHEDULE: "5s",
    };
    const [gateway, first] = await Promise.all([startGateway(settings), startWorker(settings)]);
    const producer = await createProducer(gateway.url);
    await producer.createEndpoint(receiver.urlOf("/"));

    const { id } = await producer.send({ order: 1 });
    await waitFor("the first attempt", async () => (await producer.attempts(id))[0]);
    first.kill("SIGKILL");
    await startWorker(settings);

    await waitFor("the delivery", () => producer.hasEnded(id), TAKEOVER_MS_MAX);
    expect(await producer.attempts(id)).toMatchObject([
      { responseStatusCode: 200 },
      { responseStatusCode: 503 },
    ]);
    expect(receiver.requests.map(({ headers }) => headers["svix-id"])).toEqual([id, id]);
    const [one, two] = receiver.requests.map(({ atMs }) => atMs);
    expect((two ?? 0) - (one ?? 0)).toBeGreaterThanOrEqual(5_000);
  },
  TEST_MS_MAX,
);

test(
  "one of two workers killed under load: all is delivered, and only what it had in flight twice",
  async () => {
    await using receiver = await startReceiver(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { status: 200 };
    });
    const sent = () => receiver.requests.map(({ headers }) => String(headers["svix-id"]));
    const settings = installationSettings(await migratedDatabase());
    const [gateway, first] = await Promise.all([
      startGateway(settings),
      startWorker(settings),
      startWorker(settings),
    ]);
    const producer = await createProducer(gateway.url);
    await producer.createEndpoint(receiver.urlOf("/"));

    const ids: string[] = [];
    let recorded: readonly string[] = [];
    let sentAtKill = 0;
    for (let order = 0; order < MESSAGES_UNDER_LOAD; order++) {
      if (order === MESSAGES_UNDER_LOAD / 2) recorded = await producer.delivered(ids);
      const { id } = await producer.send({ order });
      ids.push(id);
      if (order !== MESSAGES_UNDER_LOAD / 2) continue;
      await waitFor("an attempt under way", () => sent().includes(id) || undefined);
      first.kill("SIGKILL");
      sentAtKill = receiver.requests.length;
    }

    await producer.allDelivered(ids, TAKEOVER_MS_MAX);
    expect(new Set(sent())).toEqual(new Set(ids));
    expect(recorded.length).toBeGreaterThan(0);
    const sentAfter = new Set(sent().slice(sentAtKill));
    expect(recorded.filter((id) => sentAfter.has(id))).toEqual([]);
  },
  TEST_MS_MAX,
);
