import { BackgroundTaskStatus, Svix } from "svix";
import { expect, test } from "vitest";
import { makeToken } from "../../src/main/token.ts";
import { migratedDatabase } from "../support/migrated-database.ts";
import { installationSettings, JWT_SECRET, startGateway, startWorker } from "../support/process.ts";
import { startReceiver } from "../support/receiver.ts";
import { waitFor } from "../support/wait-for.ts";

/** Over many pages, of 100. */
const MESSAGES = 2_000;
/** Each worker but the last is killed when it has sent so many. */
const SENT_BEFORE_KILL = 550;
const KILLS = 2;
const UNDER_WAY_MAX = 50;
const TAKEOVER_MS_MAX = 90_000;
const TEST_MS_MAX = 300_000;

test(
  "workers killed while they recover messages: another goes on, and sends only what was under way twice",
  async () => {
    let isDown = true;
    await using receiver = await startReceiver(async () => {
      if (isDown) return { status: 503 };
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { status: 200 };
    });
    const settings = {
      ...installationSettings(await migratedDatabase()),
      RETRY_SCHEDULE: "",
      RECOVER_RATE: "1000",
    };
    const [gateway, first] = await Promise.all([startGateway(settings), startWorker(settings)]);
    let worker = first;
    const token = await makeToken(JWT_SECRET, { organizationId: "org_processes" });
    const svix = new Svix(token, { serverUrl: gateway.url });
    const { id: application } = await svix.application.create({ name: "Processes" });
    const { id: endpoint } = await svix.endpoint.create(application, { url: receiver.urlOf("/") });
    const ids = await sendMany(svix, application);
    const statuses = async (status: 0 | 2): Promise<readonly string[]> => {
      const found: string[] = [];
      for (let iterator: string | null = null; ;) {
        const options = { status, limit: 250, ...(iterator !== null && { iterator }) };
        const page = await svix.messageAttempt.listAttemptedMessages(
          application,
          endpoint,
          options,
        );
        found.push(...page.data.map(({ id }) => id));
        if (page.done) return found;
        iterator = page.iterator ?? null;
      }
    };
    const allFailed = async () => (await statuses(2)).length === MESSAGES || undefined;
    await waitFor("all to fail", allFailed, TAKEOVER_MS_MAX);

    isDown = false;
    const before = receiver.requests.length;
    const since = new Date(Date.now() - 3_600_000);
    const { id: task } = await svix.endpoint.recover(application, endpoint, { since });
    const recordedAtKills: (readonly string[])[] = [];
    for (let kill = 1; kill <= KILLS; kill++) {
      await receiver.arrived(receiver.requests.length + SENT_BEFORE_KILL);
      worker.kill("SIGKILL");
      await worker.ended;
      recordedAtKills.push(await statuses(0));
      expect(recordedAtKills.at(-1)?.length).toBeLessThan(MESSAGES);
      worker = await startWorker(settings);
    }
    expect(new Set(recordedAtKills.map(({ length }) => length)).size).toBe(KILLS);

    const data = await waitFor(
      "the task's end",
      async () => {
        const found = await svix.backgroundTask.get(task);
        return found.status === BackgroundTaskStatus.Finished ? found.data : undefined;
      },
      TAKEOVER_MS_MAX,
    );
    expect(data).toMatchObject({ found: MESSAGES, sent: MESSAGES, succeeded: MESSAGES, failed: 0 });
    const sent = receiver.requests.slice(before).map(({ headers }) => String(headers["svix-id"]));
    expect(new Set(sent)).toEqual(new Set(ids));
    const twice = sent.filter((id, i) => sent.indexOf(id) !== i);
    const recorded = new Set(recordedAtKills[0]);
    expect(twice.filter((id) => recorded.has(id))).toEqual([]);
    expect(twice.length).toBeLessThanOrEqual(KILLS * UNDER_WAY_MAX);
  },
  TEST_MS_MAX,
);

async function sendMany(svix: Svix, application: string): Promise<readonly string[]> {
  const ids: string[] = [];
  while (ids.length < MESSAGES) {
    const some = Array.from({ length: Math.min(30, MESSAGES - ids.length) }, () =>
      svix.message.create(application, { eventType: "order.completion", payload: {} }),
    );
    ids.push(...(await Promise.all(some)).map(({ id }) => id));
  }
  return ids;
}
