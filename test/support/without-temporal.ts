import { EventEmitter } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "vitest";
import { startOwnTemporal, type OwnTemporal } from "./own-temporal.ts";
import { startAll, temporaryDirectory } from "./process.ts";
import { createProducer, type Producer } from "./producer.ts";
import { startReceiver, type Receiver } from "./receiver.ts";
import { waitFor } from "./wait-for.ts";

/** More than may wait to be started, so that the bound is reached if nothing gives way before. */
const MESSAGES = 1_500;
const REFUSED_EACH = 100;
const PRODUCERS = 8;
/** What finds no turn, as a few may on a machine that stands still, waits for Temporal: not we. */
const AT_ONCE_MS_MAX = 1_000;
const AT_ONCE_MIN = 0.9;
const BACKLOG_MAX = 1_000;
/** Until Temporal is given up on, answers may be held: no longer than a start may take (5 s). */
const ANSWER_MS_MAX = 17_000;
/** What is overdue by 30 s is swept up, every 5 s. */
const SWEPT_MS_MAX = 120_000;

/** While Temporal is away Posthorn accepts and sends as ever; when it is back, retries go on. */
export async function deliversWithout(
  goAway: (temporal: OwnTemporal) => Promise<void> | void,
  comeBack: (temporal: OwnTemporal) => Promise<void> | void,
): Promise<void> {
  const refused = new Set<string>();
  const arrivals = new EventEmitter();
  await using receiver = await startReceiver(({ body, headers }) => {
    const id = String(headers["svix-id"]);
    const { order } = JSON.parse(body.toString()) as { order: number };
    arrivals.emit(String(order));
    if (order % REFUSED_EACH > 0 || refused.has(id)) return { status: 200 };
    refused.add(id);
    return { status: 503 };
  });
  const directory = temporaryDirectory();
  const temporal = await startOwnTemporal(directory);
  const posthorn = await startAll({
    DATA_DIR: directory,
    TEMPORAL_ADDRESS: temporal.address,
    RETRY_SCHEDULE: "1s,1s,1s",
  });
  const producer = await createProducer(posthorn.url);
  await producer.createEndpoint(receiver.urlOf("/"));

  await goAway(temporal);
  const { ids, slowestMs, backlogMax } = await sendAll(producer, posthorn.url, arrivals);
  expect(slowestMs).toBeLessThan(ANSWER_MS_MAX);
  expect(backlogMax).toBeLessThanOrEqual(BACKLOG_MAX + PRODUCERS);
  await receiver.arrived(MESSAGES * AT_ONCE_MIN);
  expect(await healthOf(posthorn.url)).toMatchObject({ queue: { status: "error" } });

  await comeBack(temporal);
  await waitFor(
    "all requests",
    () => receiver.requests.length >= MESSAGES + MESSAGES / REFUSED_EACH || undefined,
    SWEPT_MS_MAX,
  );
  expect(refused.size).toBe(MESSAGES / REFUSED_EACH);
  expectOnce(receiver, ids, refused);
  await producer.allDelivered(ids, SWEPT_MS_MAX);
  expect(await posthorn.stop()).toEqual({ code: 0, signal: null });
}

type SentAll = {
  readonly ids: readonly string[];
  readonly slowestMs: number;
  readonly backlogMax: number;
};

/** Several at a time, and each producer the next one when the receiver has got the last. */
async function sendAll(producer: Producer, url: string, arrivals: EventEmitter): Promise<SentAll> {
  const ids: string[] = [];
  let order = 0;
  let slowestMs = 0;
  let backlogMax = 0;
  const sendOn = async (): Promise<void> => {
    while (order < MESSAGES) {
      // Taken before anything is waited for: others take theirs meanwhile.
      const mine = order++;
      const arrived = arrivalOf(mine, arrivals);
      const sent = await producer.send({ order: mine });
      expect(sent.status).toBe(202);
      ids.push(sent.id);
      slowestMs = Math.max(slowestMs, sent.tookMs);
      if (ids.length % 100 === 0) backlogMax = Math.max(backlogMax, await backlogOf(url));
      await Promise.race([arrived, delay(AT_ONCE_MS_MAX)]);
    }
  };
  await Promise.all(Array.from({ length: PRODUCERS }, sendOn));
  return { ids, slowestMs, backlogMax };
}

function arrivalOf(order: number, arrivals: EventEmitter): Promise<void> {
  return new Promise((resolve) => arrivals.once(String(order), resolve));
}

async function backlogOf(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^posthorn_messages_awaiting_start (\d+)$/m.exec(metrics)?.[1]);
}

async function healthOf(url: string): Promise<unknown> {
  return (await fetch(`${url}/api/v1/health`)).json();
}

function expectOnce(
  { requests }: Receiver,
  ids: readonly string[],
  refused: ReadonlySet<string>,
): void {
  const timesSent = new Map<string, number>();
  for (const { headers } of requests) {
    const id = String(headers["svix-id"]);
    timesSent.set(id, (timesSent.get(id) ?? 0) + 1);
  }
  expect(timesSent).toEqual(new Map(ids.map((id) => [id, refused.has(id) ? 2 : 1])));
}
