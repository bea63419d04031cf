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
/** An endpoint that failed gets 32 attempts at a time; what finds no turn waits for Temporal. */
const UNDER_WAY_MAX = 8;
/** On a machine that stands still for a moment, a few may find no turn all the same. */
const AT_ONCE_MIN = 0.95;
const BACKLOG_MAX = 1_000;
/** Until Temporal is given up on, answers may be held: no longer than a start may take (5 s). */
const ANSWER_MS_MAX = 9_000;
/** What is overdue by 30 s is swept up, every 5 s. */
const SWEPT_MS_MAX = 90_000;

/** While Temporal is away Posthorn accepts and sends as ever; when it is back, retries go on. */
export async function deliversWithout(
  goAway: (temporal: OwnTemporal) => Promise<void> | void,
  comeBack: (temporal: OwnTemporal) => Promise<void> | void,
): Promise<void> {
  const refused = new Set<string>();
  await using receiver = await startReceiver(({ body, headers }) => {
    const id = String(headers["svix-id"]);
    const { order } = JSON.parse(body.toString()) as { order: number };
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
  const { ids, slowestMs, backlogMax } = await sendAll(producer, posthorn.url, receiver);
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
  const allDelivered = async () => (await producer.delivered(ids)).length === MESSAGES || undefined;
  await waitFor("all deliveries", allDelivered, SWEPT_MS_MAX);
  expect(await posthorn.stop()).toEqual({ code: 0, signal: null });
}

type SentAll = {
  readonly ids: readonly string[];
  readonly slowestMs: number;
  readonly backlogMax: number;
};

async function sendAll(producer: Producer, url: string, { requests }: Receiver): Promise<SentAll> {
  const ids: string[] = [];
  let order = 0;
  let slowestMs = 0;
  let backlogMax = 0;
  const sendOn = async (): Promise<void> => {
    while (order < MESSAGES) {
      // Taken before anything is waited for: others take theirs meanwhile.
      const mine = order++;
      const keepsUp = () => ids.length - requests.length < UNDER_WAY_MAX || undefined;
      await waitFor("the receiver to keep up", keepsUp);
      const sent = await producer.send({ order: mine });
      expect(sent.status).toBe(202);
      ids.push(sent.id);
      slowestMs = Math.max(slowestMs, sent.tookMs);
      if (ids.length % 100 === 0) backlogMax = Math.max(backlogMax, await backlogOf(url));
    }
  };
  await Promise.all(Array.from({ length: PRODUCERS }, sendOn));
  return { ids, slowestMs, backlogMax };
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
