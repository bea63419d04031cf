import { expect, test } from "vitest";
import { createApi } from "../../src/main/demo-api.ts";
import { makeToken } from "../../src/main/token.ts";
import { JWT_SECRET, startAll, temporaryDirectory } from "../support/process.ts";
import { startReceiver } from "../support/receiver.ts";
import { waitFor } from "../support/wait-for.ts";

const MESSAGES = 120;
const RATE = 10;
const KILLED_AT = 30;
/** A throttled one has sent no more when it is killed, even if all stood still for some seconds. */
const SENT_BY_FIRST_MAX = 90;
/** Those that the sweep has to find wait for 30 s more. */
const ALL_MS_MAX = 120_000;
const TEST_MS_MAX = 300_000;

test(
  "what waits for its time goes on waiting over a SIGKILL, and is sent no faster after it",
  async () => {
    await using receiver = await startReceiver();
    const settings = { DATA_DIR: temporaryDirectory() };
    const first = await startAll(settings);
    const token = await makeToken(JWT_SECRET, { organizationId: "org_throttle" });
    const api = createApi(`${first.url}/api/v1`, token);
    const application = await api.post<{ id: string }>("app", { name: "Throttled" });
    const settingsOfEndpoint = { url: receiver.urlOf("/"), throttleRate: RATE };
    const endpoint = await api.post<{ id: string }>(
      `app/${application.id}/endpoint`,
      settingsOfEndpoint,
    );
    const message = { eventType: "order.completion", payload: {} };
    const post = () => api.post(`app/${application.id}/msg`, message);
    await Promise.all(Array.from({ length: MESSAGES }, post));

    await receiver.arrived(KILLED_AT);
    const attempts = `app/${application.id}/attempt/endpoint/${endpoint.id}?limit=${MESSAGES}`;
    const recorded = await api.get<{ data: readonly { msgId: string }[] }>(attempts);
    first.kill("SIGKILL");
    await first.ended;
    const sentByFirst = receiver.requests.length;
    expect(sentByFirst).toBeLessThan(SENT_BY_FIRST_MAX);
    const second = await startAll(settings);
    const sent = () => receiver.requests.map(({ headers }) => String(headers["webhook-id"]));
    const all = () => new Set(sent()).size === MESSAGES || undefined;
    await waitFor("all messages", all, ALL_MS_MAX);

    // Over the whole time, and with room for seconds in which all stood still: what has waited then
    // is read at once.
    const times = receiver.requests.slice(sentByFirst).map(({ atMs }) => atMs);
    expect(ratePerSecond(times)).toBeLessThanOrEqual(2 * RATE);
    // What was under way at the kill may come twice.
    const recordedIds = new Set(recorded.data.map(({ msgId }) => msgId));
    expect(recordedIds.size).toBeGreaterThan(0);
    expect(sent().filter((id, i, ids) => recordedIds.has(id) && ids.indexOf(id) < i)).toEqual([]);
    await second.stop();
  },
  TEST_MS_MAX,
);

/** Of arrivals in order, without those that the rate allows at once. */
function ratePerSecond(timesMs: readonly number[]): number {
  const [firstMs = 0, lastMs = 0] = [timesMs.at(0), timesMs.at(-1)];
  return (timesMs.length - RATE) / ((lastMs - firstMs) / 1_000);
}
