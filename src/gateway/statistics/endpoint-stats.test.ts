import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../store/new-id.ts";
import { recordAttempt } from "../testing/test-attempts.ts";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NONE = { pending: 0, sending: 0, canceled: 0 };
const SERIES_WAITING_MAX = 100;

let gateway: TestGateway;
let endpointId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { svix } = gateway;
  await svix.application.create({ name: "App", uid: "app" });
  endpointId = (await svix.endpoint.create("app", { url: "https://a.example", uid: "a" })).id;
  await svix.endpoint.create("app", { url: "https://b.example", uid: "b" });
  await attempt(40 * DAY_MS, 200);
  await attempt(27 * DAY_MS, 200);
  await attempt(2 * HOUR_MS, 500);
  await attempt(HOUR_MS, 410);
  await attempt(0, 204);
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function attempt(agoMs: number, statusCode: number): Promise<void> {
  const endedAtMs = Date.now() - agoMs;
  const attempt = {
    id: newId("atmpt", endedAtMs),
    messageId: newId("msg", endedAtMs),
    endpointId,
    applicationId: "app_any",
    number: 1,
    trigger: "scheduled",
    url: "https://a.example/",
    succeeded: statusCode < 300,
    statusCode,
    reason: null,
    response: "",
    durationMs: 1,
    endedAtMs,
  } as const;
  const end = { eventType: "a.b", labels: [], state: "succeeded", nextAttemptAtMs: null } as const;
  await gateway.store.record({ attempt, headers: { sent: {}, received: [] }, ...end });
}

function ago(ms: number): Date {
  return new Date(Date.now() - ms);
}

describe("an endpoint's statistics", () => {
  it("count what came of its attempts in the last 28 days", async () => {
    const { endpoint } = gateway.svix;
    const expected = { success: 2, fail: 2, ...NONE };
    expect(await endpoint.getStats("app", "a")).toEqual(expected);
    expect(await endpoint.getStats("app", endpointId)).toEqual(expected);
    expect(await endpoint.getStats("app", "b")).toEqual({ success: 0, fail: 0, ...NONE });
  });

  it("count what waits there now, as far as that is worth it", async () => {
    const { svix, call } = gateway;
    const { id } = await svix.application.create({ name: "Busy", uid: "busy" });
    for (const uid of ["one", "other"]) {
      await svix.endpoint.create("busy", { url: "https://a.example", uid });
    }
    const send = async () => svix.message.create("busy", { eventType: "a.b", payload: {} });
    const [first] = await Promise.all(Array.from({ length: SERIES_WAITING_MAX + 1 }, send));
    const one = await svix.endpoint.get("busy", "one");
    const retried = { applicationId: id, endpointId: one.id, messageId: first?.id ?? "" };
    await recordAttempt(gateway, { ...retried, state: "pending" });
    const { body: stats } = await call("GET", "/app/busy/endpoint/one/stats");
    expect(stats).toMatchObject({ pending: 100, sending: 1, isWaitingExact: true });
    const { body: other } = await call("GET", "/app/busy/endpoint/other/stats");
    expect(other).toMatchObject({ pending: 101, sending: 0, isWaitingExact: true });
    const series = await call("GET", "/app/busy/stats/endpoints?order=ascending");
    expect(series.body.data).toMatchObject([
      { pending: 100, sending: 1, isWaitingExact: true },
      { pending: 100, sending: 0, isWaitingExact: false },
    ]);
  });

  it("count in the range that is asked for", async () => {
    const { endpoint } = gateway.svix;
    const counts = async (since?: Date, until?: Date) => {
      const range = { ...(since && { since }), ...(until && { until }) };
      const { success, fail } = await endpoint.getStats("app", "a", range);
      return [success, fail];
    };
    expect(await counts(ago(1.5 * HOUR_MS))).toEqual([1, 1]);
    expect(await counts(ago(3 * HOUR_MS), ago(HOUR_MS / 2))).toEqual([0, 2]);
    expect(await counts(undefined, ago(26 * DAY_MS))).toEqual([2, 0]);
    expect(await counts(ago(28 * DAY_MS + 4 * 60_000))).toEqual([2, 2]);
    expect(await counts(ago(41 * DAY_MS), ago(39 * DAY_MS))).toEqual([1, 0]);
    expect(await counts(ago(HOUR_MS), ago(HOUR_MS))).toEqual([0, 0]);
  });

  it.each([
    ["until in the future", undefined, -HOUR_MS],
    ["since in the future", -HOUR_MS, undefined],
    ["since after until", HOUR_MS, 2 * HOUR_MS],
    ["more than 28 days", 28 * DAY_MS + 6 * 60_000, undefined],
    ["more than 28 days before until", 40 * DAY_MS, 10 * DAY_MS],
  ])("refuse a range with %s", async (_, sinceAgoMs, untilAgoMs) => {
    const since = sinceAgoMs === undefined ? "" : `since=${ago(sinceAgoMs).toISOString()}`;
    const until = untilAgoMs === undefined ? "" : `until=${ago(untilAgoMs).toISOString()}`;
    const answer = await gateway.call("GET", `/app/app/endpoint/a/stats?${since}&${until}`);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ code: "invalid_range", detail: expect.stringMatching(/range/) });
  });

  it.each(["since=yesterday", "until=2026-13-01T00:00:00Z", "since="])(
    "refuse %s, which is no time",
    async (query) => {
      const answer = await gateway.call("GET", `/app/app/endpoint/a/stats?${query}`);
      expect(answer).toMatchObject({ status: 400, body: { code: "invalid_query" } });
    },
  );
});
