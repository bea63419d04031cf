import { expect, test } from "vitest";
import { migratedDatabase } from "../support/migrated-database.ts";
import { installationSettings, startGateway, startWorker } from "../support/process.ts";
import { createProducer } from "../support/producer.ts";
import { startReceiver } from "../support/receiver.ts";

const MESSAGES = 120;
const KILLED_AT = 40;
/** Temporal gives a worker 15 s for a heartbeat, and we ourselves REQUEST_TIMEOUT + 10 s for an attempt. */
const TAKEOVER_MS_MAX = 120_000;
const TEST_MS_MAX = 300_000;
/** More than are needed where the receiver stands still for longer than an attempt may take. */
const RETRY_SCHEDULE = "1s,1s,1s,1s,1s,1s,1s,1s";

test(
  "a gateway and the workers killed in the middle: all come in order, and only what was under way twice",
  async () => {
    let together = 0;
    // By message: an attempt that was given up may be read together with the one that followed it.
    const underWay: string[] = [];
    await using receiver = await startReceiver(async ({ headers }, count) => {
      const id = String(headers["svix-id"]);
      underWay.push(id);
      together = Math.max(together, new Set(underWay).size);
      await new Promise((resolve) => setTimeout(resolve, 20));
      underWay.splice(underWay.indexOf(id), 1);
      return { status: count % 50 === 7 ? 500 : 200 };
    });
    const settings = { ...installationSettings(await migratedDatabase()), RETRY_SCHEDULE };
    const [gateway, other, ...first] = await Promise.all([
      startGateway(settings),
      startGateway(settings),
      startWorker(settings),
      startWorker(settings),
    ]);
    const producer = await createProducer(gateway.url);
    await producer.createEndpoint(receiver.urlOf("/"), { ordered: true });

    const sides = [producer, producer.at(other.url)];
    const ids: string[] = [];
    for (let n = 0; n < MESSAGES; n++) {
      const side = sides[n % sides.length] ?? producer;
      ids.push((await side.send({ n })).id);
      if (n !== KILLED_AT) continue;
      await receiver.arrived(1);
      other.kill("SIGKILL");
      for (const worker of first) worker.kill("SIGKILL");
      sides.pop();
      await startWorker(settings);
    }

    await producer.allDelivered(ids, TAKEOVER_MS_MAX);
    const sent = receiver.requests.map(({ headers }) => String(headers["svix-id"]));
    // Who comes twice comes so without another in between: it was retried, or cut off.
    expect(sent.filter((id, i) => id !== sent[i - 1])).toEqual(ids);
    expect(together).toBe(1);
  },
  TEST_MS_MAX,
);
