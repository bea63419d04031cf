import { expect, test } from "vitest";
import { createApi } from "../../src/main/demo-api.ts";
import { makeToken } from "../../src/main/token.ts";
import { JWT_SECRET, startAll, temporaryDirectory } from "../support/process.ts";
import { startReceiver } from "../support/receiver.ts";
import { waitFor } from "../support/wait-for.ts";

const MESSAGES = 120;
const RATE = 10;
const KILLED_AT = 30;
/** Those that the sweep has to find wait for 30 s more. */
const ALL_MS_MAX = 90_000;
const TEST_MS_MAX = 150_000;

test(
  "what waits for its time goes on waiting over a SIGKILL, and is sent no faster after it",
  async () => {
    await using receiver = await startReceiver();
    const settings = { DATA_DIR: temporaryDirectory() };
    const first = await startAll(settings);
    const token = await makeToken(JWT_SECRET, { organizationId: "org_throttle" });
    const api = createApi(`${first.url}/api/v1`, token);
    const application = await api.post<{ id: string }>("app", { name: "Throttled" });
    const endpoint = { url: receiver.urlOf("/"), throttleRate: RATE };
    await api.post(`app/${application.id}/endpoint`, endpoint);
    const message = { eventType: "order.completion", payload: {} };
    for (let i = 0; i < MESSAGES; i++) await api.post(`app/${application.id}/msg`, message);

    await receiver.arrived(KILLED_AT);
    first.kill("SIGKILL");
    await first.ended;
    const sentByFirst = receiver.requests.length;
    const second = await startAll(settings);
    const idsOf = () => new Set(receiver.requests.map(({ headers }) => headers["webhook-id"]));
    const all = () => (idsOf().size === MESSAGES ? true : undefined);
    await waitFor("all messages", all, ALL_MS_MAX);

    // Over the whole time: a machine that stands still for a while gets what has waited at once.
    const times = receiver.requests.map(({ atMs }) => atMs);
    expect(ratePerSecond(times.slice(0, sentByFirst))).toBeLessThanOrEqual(1.2 * RATE);
    expect(ratePerSecond(times.slice(sentByFirst))).toBeLessThanOrEqual(1.2 * RATE);
    // What was under way at the kill may come twice.
    expect(times.length).toBeLessThanOrEqual(MESSAGES + RATE);
    await second.stop();
  },
  TEST_MS_MAX,
);

/** Of arrivals in order, without those that the rate allows at once. */
function ratePerSecond(timesMs: readonly number[]): number {
  const [firstMs = 0, lastMs = 0] = [timesMs.at(0), timesMs.at(-1)];
  return (timesMs.length - RATE) / ((lastMs - firstMs) / 1_000);
}
