import { expect, it } from "vitest";
import { createCustomer, send, type Customer } from "./support/api.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver, type Received, type Receiver } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";
import { waitFor } from "./support/wait-for.ts";

/** More than a worker once had room for, in activities that each wait for one of them. */
const HANGING = 250;
const RETRY_MS = 1_000;
/** Until what hangs is waited for by itself, and some more for a busy machine. */
const SETTLED_MS = 3_000;
const LATE_MS_MAX = 6_000;
/** Messages to the neighbour for each of ours: soon more than it has turns. */
const BESIDE = 10;
const ROUNDS = 200;
/** What a busy machine adds now and then; far less than what hangs takes. */
const NOISE_MS = 1_000;

it("retries at other endpoints on time while many hang", async () => {
  await using posthorn = await startInstallation({
    environment: { REQUEST_TIMEOUT: "10s", RETRY_SCHEDULE: `${RETRY_MS}ms` },
  });
  await using hangs = await startReceiver(() => undefined);
  await using fails = await startReceiver((_request, count) => ({
    status: count === 1 ? 503 : 204,
  }));
  const urls = Array.from({ length: HANGING }, () => hangs.urlOf("/"));
  await send(posthorn, await createCustomer(posthorn, ...urls));
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));

  await send(posthorn, await createCustomer(posthorn, fails.urlOf("/")));
  const [first, second] = await fails.arrived(2);
  const waitedMs = (second?.atMs ?? NaN) - (first?.atMs ?? NaN);
  expect(waitedMs).toBeGreaterThanOrEqual(RETRY_MS);
  expect(waitedMs).toBeLessThan(RETRY_MS + LATE_MS_MAX);
});

it("sends to other endpoints as fast as beside one that answers", async () => {
  await using posthorn = await startInstallation();
  await using hangs = await startReceiver(() => undefined);
  await using answers = await startReceiver();
  const ours = await createCustomer(posthorn, answers.urlOf("/ours"));
  const beside = async (neighbourUrl: string): Promise<number> => {
    const neighbour = await createCustomer(posthorn, neighbourUrl);
    const latencies: Promise<number>[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      latencies.push(latencyMs(posthorn, ours, answers));
      await Promise.all(Array.from({ length: BESIDE }, () => send(posthorn, neighbour)));
    }
    return percentile95(await Promise.all(latencies));
  };
  await beside(answers.urlOf("/warm-up"));
  const wellMs = await beside(answers.urlOf("/well"));
  const hangingMs = await beside(hangs.urlOf("/"));
  expect(hangingMs).toBeLessThan(2 * wellMs + NOISE_MS);
});

async function latencyMs(
  posthorn: Installation,
  ours: Customer,
  receiver: Receiver,
): Promise<number> {
  const sentAtMs = Date.now();
  const id = await send(posthorn, ours);
  const isIt = ({ headers }: Received): boolean => headers["webhook-id"] === id;
  const { atMs } = await waitFor(`the arrival of ${id}`, () => receiver.requests.find(isIt));
  return atMs - sentAtMs;
}

function percentile95(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? NaN;
}
