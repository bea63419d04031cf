import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createApi } from "../../src/main/demo-api.ts";
import {
  BUNDLES_ITSELF,
  startAll,
  temporaryDirectory,
  type PosthornProcess,
  type RunningGateway,
} from "../support/process.ts";
import { createProducer } from "../support/producer.ts";
import { startReceiver } from "../support/receiver.ts";
import { waitFor } from "../support/wait-for.ts";

const MESSAGES = 5;
/** More than are needed until the first process has ended, on a machine that does much else. */
const RETRY_SCHEDULE = "8s,8s,8s,8s,8s,8s,8s,8s,8s,8s";
const ENDED_MS_MAX = 90_000;
const TEST_MS_MAX = 300_000;

test(
  "after Ctrl-C nothing runs on, and the next start goes on where it was",
  () =>
    goesOn(async (first, dataDir) => {
      expect(await first.stop()).toEqual({ code: 0, signal: null });
      expect(first.left()).toEqual([]);
      expect(existsSync(join(dataDir, "posthorn.pid"))).toBe(false);
    }),
  TEST_MS_MAX,
);

test(
  "after a SIGKILL the next start ends the Temporal that was left, and goes on where it was",
  () =>
    goesOn(async (first) => {
      first.kill("SIGKILL");
      await first.ended;
      expect(first.left(), "Temporal outlives its parent").toHaveLength(1);
    }),
  TEST_MS_MAX,
);

/** Ends the first process with deliveries asleep, starts the second, and sees them end. */
async function goesOn(
  end: (first: PosthornProcess, dataDir: string) => Promise<void>,
): Promise<void> {
  let isBroken = true;
  await using receiver = await startReceiver(({ path }) => ({
    status: path === "/broken" && isBroken ? 503 : 200,
  }));
  const dataDir = temporaryDirectory();
  const settings = { DATA_DIR: dataDir, RETRY_SCHEDULE, ...BUNDLES_ITSELF };

  const first = await startAll(settings);
  const producer = await createProducer(first.url);
  await producer.createEndpoint(receiver.urlOf("/fine"));
  await producer.createEndpoint(receiver.urlOf("/broken"));
  const ids: string[] = [];
  for (let order = 0; order < MESSAGES; order++) ids.push((await producer.send({ order })).id);
  for (const id of ids) {
    await waitFor("the first attempts", async () => {
      const made = (await producer.attempts(id)).map((attempt) => attempt.responseStatusCode);
      return (made.includes(200) && made.includes(503)) || undefined;
    });
  }
  await end(first, dataDir);
  isBroken = false;
  const refused = receiver.at("/broken").length;

  const second = await startAll(settings);
  expect(first.left(), "what the first left is gone").toEqual([]);
  const again = producer.at(second.url);
  await again.allDelivered(ids, ENDED_MS_MAX);
  expect(receiver.at("/fine"), "what had succeeded is not sent again").toHaveLength(MESSAGES);
  expect(receiver.at("/broken")).toHaveLength(refused + MESSAGES);
  await expectOneDemo(second);
  expect(await second.stop()).toEqual({ code: 0, signal: null });
}

async function expectOneDemo({ url, stdout }: RunningGateway): Promise<void> {
  const [, token = ""] = /Its token +(\S+)/.exec(stdout()) ?? [];
  const api = createApi(`${url}/api/v1`, token);
  const names = async (path: string): Promise<readonly string[]> => {
    const { data } = await api.get<{ data: readonly { uid?: string; name?: string }[] }>(path);
    return data.map(({ uid, name }) => uid ?? name ?? "");
  };
  expect(await names("app")).toEqual(["acme"]);
  expect(await names("app/acme/endpoint")).toEqual(["demo-receiver"]);
  expect(await names("event-type")).toHaveLength(3);
}
