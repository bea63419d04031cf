import { expect, test } from "vitest";
import { migratedDatabase } from "../support/migrated-database.ts";
import { installationSettings, startGateway, startWorker } from "../support/process.ts";
import { createProducer, type Producer } from "../support/producer.ts";
import { startReceiver } from "../support/receiver.ts";

const MESSAGES = 300;
const PRODUCERS = 8;
const DELIVERED_MS_MAX = 120_000;
const TEST_MS_MAX = 300_000;

test(
  "two gateways and two workers on one Postgres make each attempt exactly once",
  async () => {
    const refused = new Set<string>();
    await using receiver = await startReceiver(({ body, headers }) => {
      const id = String(headers["svix-id"]);
      const { order } = JSON.parse(body.toString()) as { order: number };
      if (order % 10 > 0 || refused.has(id)) return { status: 200 };
      refused.add(id);
      return { status: 503 };
    });
    // Long enough that no attempt is given up, and rightly made again, on a busy machine.
    const settings = { ...installationSettings(await migratedDatabase()), REQUEST_TIMEOUT: "60s" };
    const [one, other] = await Promise.all([
      startGateway(settings),
      startGateway(settings),
      startWorker(settings),
      startWorker(settings),
    ]);
    const producer = await createProducer(one.url);
    await producer.createEndpoint(receiver.urlOf("/"));

    const ids = await sendAll([producer, producer.at(other.url)]);
    await producer.allDelivered(ids, DELIVERED_MS_MAX);

    expect(refused.size).toBe(MESSAGES / 10);
    const timesSent = new Map<string, number>();
    for (const { headers } of receiver.requests) {
      const id = String(headers["svix-id"]);
      timesSent.set(id, (timesSent.get(id) ?? 0) + 1);
    }
    expect(timesSent).toEqual(new Map(ids.map((id) => [id, refused.has(id) ? 2 : 1])));
  },
  TEST_MS_MAX,
);

/** In turn through one gateway and the other, several at a time. */
async function sendAll(gateways: readonly [Producer, Producer]): Promise<readonly string[]> {
  const ids: string[] = [];
  let order = 0;
  const sendOn = async (): Promise<void> => {
    while (order < MESSAGES) {
      const gateway = gateways[order % 2 === 0 ? 0 : 1];
      ids.push((await gateway.send({ order: order++ })).id);
    }
  };
  await Promise.all(Array.from({ length: PRODUCERS }, sendOn));
  return ids;
}
