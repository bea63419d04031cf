import { Client } from "pg";
import { BackgroundTaskStatus, Svix } from "svix";
import { expect, test } from "vitest";
import { makeToken } from "../../src/main/token.ts";
import { newId } from "../../src/store/new-id.ts";
import { migratedDatabase } from "../support/migrated-database.ts";
import { installationSettings, JWT_SECRET, startGateway, startWorker } from "../support/process.ts";
import { startReceiver } from "../support/receiver.ts";
import { waitFor } from "../support/wait-for.ts";

/** Over many pages, of 100. */
const MESSAGES = 10_000;
/** Each worker but the last is killed when it has sent so many. */
const SENT_BEFORE_KILL = 2_500;
const KILLS = 2;
const UNDER_WAY_MAX = 50;
/** No attempt fails because the receiver stands still for some seconds. */
const SETTINGS = { RECOVER_RATE: "2000", REQUEST_TIMEOUT: "8s" };
const TAKEOVER_MS_MAX = 120_000;
const TEST_MS_MAX = 420_000;

test(
  "workers killed while they recover messages: another goes on, and sends only what was under way twice",
  async () => {
    await using receiver = await startReceiver(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { status: 200 };
    });
    const databaseUrl = await migratedDatabase();
    const settings = { ...installationSettings(databaseUrl), ...SETTINGS };
    const [gateway, first] = await Promise.all([startGateway(settings), startWorker(settings)]);
    let worker = first;
    const token = await makeToken(JWT_SECRET, { organizationId: "org_processes" });
    const svix = new Svix(token, { serverUrl: gateway.url });
    const { id: application } = await svix.application.create({ name: "Processes" });
    const { id: endpoint } = await svix.endpoint.create(application, { url: receiver.urlOf("/") });
    const ids = await insertFailed(databaseUrl, application, endpoint);
    const recorded = async (): Promise<readonly string[]> => {
      const found: string[] = [];
      for (let iterator: string | null = null; ;) {
        const options = { status: 0, limit: 250, ...(iterator !== null && { iterator }) } as const;
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
    const since = new Date(Date.now() - 3_600_000);
    const { id: task } = await svix.endpoint.recover(application, endpoint, { since });
    const recordedAtKills: (readonly string[])[] = [];
    for (let kill = 1; kill <= KILLS; kill++) {
      const enough = receiver.requests.length + SENT_BEFORE_KILL;
      const areSent = () => receiver.requests.length >= enough || undefined;
      await waitFor(`${enough} requests`, areSent, TAKEOVER_MS_MAX);
      worker.kill("SIGKILL");
      await worker.ended;
      recordedAtKills.push(await recorded());
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
    const sent = receiver.requests.map(({ headers }) => String(headers["svix-id"]));
    expect(new Set(sent)).toEqual(new Set(ids));
    const seen = new Set<string>();
    const twice = sent.filter((id) => seen.size === seen.add(id).size);
    const recordedFirst = new Set(recordedAtKills[0]);
    expect(twice.filter((id) => recordedFirst.has(id))).toEqual([]);
    expect(twice.length).toBeLessThanOrEqual(KILLS * UNDER_WAY_MAX);
  },
  TEST_MS_MAX,
);

/** Messages of the last minutes whose schedules have ended: to wait for that many takes minutes. */
async function insertFailed(
  databaseUrl: string,
  applicationId: string,
  endpointId: string,
): Promise<readonly string[]> {
  const nowMs = Date.now();
  const ids = Array.from({ length: MESSAGES }, (_, i) => newId("msg", nowMs - MESSAGES + i));
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `insert into message (id, application_id, event_type, payload)
    select id, $2, 'order.completion', '{}' from unnest($1::text[]) as id`,
    [ids, applicationId],
  );
  await client.query(
    `insert into delivery (message_id, endpoint_id, application_id, event_type, state,
      attempts_made, lease_until_ms)
    select id, $2, $3, 'order.completion', 'exhausted', 1, 0 from unnest($1::text[]) as id`,
    [ids, endpointId, applicationId],
  );
  await client.end();
  return ids;
}
