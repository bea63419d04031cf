import { expect, it } from "vitest";
import { createCustomer, send, type Customer } from "./support/api.ts";
import type { Installation } from "./support/installation.ts";
import { startReceiver, type Received, type Receiver } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";
import { waitFor } from "./support/wait-for.ts";

/** More than a worker once had room for, in activities that each wait for one of them. */
const HANGING = 250;
/** For as long it hangs: until the test has ended. */
const REQUEST_TIMEOUT = "100s";
const RETRY_MS = 1_000;
/** Until what hangs is waited for by itself, and some more for a busy machine. */
const SETTLED_MS = 3_000;
/** What a busy machine may add; far less than what hangs takes. */
const LATE_MS_MAX = 20_000;
/** Messages to the neighbour for each of ours: soon more than the process has turns. */
const BESIDE = 10;
const ROUNDS = 200;

it("retries at other endpoints on time while many hang", async () => {
  await using posthorn = await startInstallation({
    environment: { REQUEST_TIMEOUT, RETRY_SCHEDULE: `${RETRY_MS}ms` },
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

it("sends to other endpoints as if none hanged beside them", async () => {
  await using posthorn = await startInstallation({ environment: { REQUEST_TIMEOUT } });
  await using hangs = await startReceiver(() => undefined);
  await using answers = await startReceiver();
  const ours = await createCustomer(posthorn, answers.urlOf("/ours"));
  const neighbour = await createCustomer(posthorn, hangs.urlOf("/"));
  const latencies: Promise<number>[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    latencies.push(latencyMs(posthorn, ours, answers));
    await Promise.all(Array.from({ length: BESIDE }, () => send(posthorn, neighbour)));
  }
  expect(percentile95(await Promise.all(latencies))).toBeLessThan(LATE_MS_MAX);
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
