import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordAttempt } from "../testing/test-attempts.ts";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.now();
const MIDNIGHT_MS = NOW_MS - (NOW_MS % DAY_MS);

let gateway: TestGateway;
let applicationId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  applicationId = (await gateway.svix.application.create({ name: "App", uid: "app" })).id;
  await gateway.svix.application.create({ name: "Other", uid: "other" });
  await attempt(-40 * DAY_MS, "letter.sent", "succeeded");
  await attempt(-2 * DAY_MS, "letter.sent", "succeeded");
  await attempt(-2 * DAY_MS + HOUR_MS - 1, "letter.sent", "exhausted");
  await attempt(-2 * DAY_MS + HOUR_MS, "letter.lost", "exhausted");
  await attempt(-DAY_MS - 1, "letter.lost", "succeeded");
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function attempt(
  sinceMidnightMs: number,
  eventType: string,
  state: "succeeded" | "exhausted",
) {
  const endedAtMs = MIDNIGHT_MS + sinceMidnightMs;
  await recordAttempt(gateway, { applicationId, endedAtMs, eventType, state });
}

function at(sinceMidnightMs: number): string {
  return new Date(MIDNIGHT_MS + sinceMidnightMs).toISOString();
}

async function asked(path: string, query: Readonly<Record<string, string>>, token = gateway.token) {
  const { status, body } = await gateway.call(
    "GET",
    `${path}?${new URLSearchParams(query).toString()}`,
    undefined,
    token,
  );
  return { status, body };
}

describe("an application's attempts, counted by event type", () => {
  const PATH = "/app/app/stats/attempts";

  it("are those of the last 28 days", async () => {
    const { status, body } = await asked(PATH, {});
    expect(status).toBe(200);
    expect(body).toMatchObject({
      by_event_type: {
        "letter.lost": { success: 1, failure: 1, canceled: 0 },
        "letter.sent": { success: 1, failure: 1, canceled: 0 },
      },
      total_success: 2,
      total_failure: 2,
      total_canceled: 0,
    });
    expect(Date.parse(body.until) - Date.parse(body.since)).toBe(28 * DAY_MS);
  });

  it("are those of the range and the event types that are asked for", async () => {
    const range = { since: at(-2 * DAY_MS), until: at(-2 * DAY_MS + HOUR_MS) };
    expect((await asked(PATH, range)).body).toEqual({
      by_event_type: { "letter.sent": { success: 1, failure: 1, canceled: 0 } },
      total_success: 1,
      total_failure: 1,
      total_canceled: 0,
      ...range,
    });
    const some = await asked(PATH, { event_types: "letter.lost,nothing" });
    expect(Object.keys(some.body.by_event_type)).toEqual(["letter.lost"]);
    const none = await asked(PATH, { since: at(-30 * DAY_MS), until: at(-29 * DAY_MS) });
    expect(none.body).toMatchObject({ by_event_type: {}, total_success: 0 });
  });

  it("are none in years in which there was nothing", async () => {
    const { status, body } = await asked(PATH, { until: "0000-01-01T00:00:00Z" });
    expect(status).toBe(200);
    expect(body).toMatchObject({ total_success: 0, since: "1970-01-01T00:00:00.000Z" });
  });

  it.each([
    ["until in the future", { until: at(3 * DAY_MS) }],
    ["since after until", { since: at(-DAY_MS), until: at(-2 * DAY_MS) }],
    ["more than 28 days", { since: at(-29 * DAY_MS), until: at(0) }],
  ])("refuse a range with %s", async (_, range) => {
    const { status, body } = await asked(PATH, range);
    expect([status, body.code]).toEqual([400, "invalid_range"]);
  });

  it("are shown to the application itself, and of no other", async () => {
    const token = await applicationToken(applicationId);
    expect((await asked(PATH, {}, token)).status).toBe(200);
    expect((await asked("/app/other/stats/attempts", {}, token)).status).toBe(404);
    expect((await asked("/app/other/stats/attempts", {})).body.total_success).toBe(0);
  });
});

describe("an application's attempts, counted over time", () => {
  const PATH = "/stats/app/app/attempt";

  it("are counted by days in UTC, and days without any are there", async () => {
    const range = { startDate: at(-3 * DAY_MS), endDate: at(0) };
    expect(await asked(PATH, { ...range, period: "OneDay" })).toEqual({
      status: 200,
      body: {
        ...range,
        period: "OneDay",
        data: { successCount: [0, 2, 0], failureCount: [0, 2, 0], canceledCount: [0, 0, 0] },
      },
    });
  });

  it("are counted by whole periods: the range is widened to them", async () => {
    const range = { startDate: at(-2 * DAY_MS + 1), endDate: at(-2 * DAY_MS + HOUR_MS + 1) };
    const { body } = await asked(PATH, { ...range, period: "OneHour", event_types: "letter.sent" });
    expect(body).toMatchObject({
      startDate: at(-2 * DAY_MS),
      endDate: at(-2 * DAY_MS + 2 * HOUR_MS),
      data: { successCount: [1, 0], failureCount: [1, 0] },
    });
    const minutes = await asked(PATH, { ...range, period: "FiveMinutes" });
    expect(minutes.body.data.successCount).toEqual([1, ...Array(12).fill(0)]);
    expect(minutes.body.data.failureCount).toEqual([...Array(11).fill(0), 1, 1]);
  });

  it.each([
    ["OneDay", 28],
    ["OneHour", 48],
    ["FiveMinutes", 36],
  ])("are by default, by %s, those of %d periods until now", async (period, many) => {
    const { body } = await asked(PATH, period === "OneDay" ? {} : { period });
    expect(body.period).toBe(period);
    expect(body.data.canceledCount).toHaveLength(many);
    expect(Date.parse(body.endDate)).toBeGreaterThan(NOW_MS);
    expect(Date.parse(body.startDate)).toBeLessThan(NOW_MS);
  });

  it.each([
    ["an end in the future", { endDate: at(3 * DAY_MS) }],
    ["a start after its end", { startDate: at(-DAY_MS), endDate: at(-2 * DAY_MS) }],
    ["a year in which there was nothing", { endDate: "0000-01-01T00:00:00Z" }],
    ["no length", { startDate: at(-DAY_MS), endDate: at(-DAY_MS) }],
    ["more than 92 days", { startDate: at(-93 * DAY_MS), endDate: at(0) }],
    ["more than 1,000 hours", { startDate: at(-42 * DAY_MS), period: "OneHour" }],
    ["more than 1,000 times 5 minutes", { startDate: at(-4 * DAY_MS), period: "FiveMinutes" }],
  ])("refuse a range with %s", async (_, query: Readonly<Record<string, string>>) => {
    const { status, body } = await asked(PATH, query);
    expect([status, body.code]).toEqual([400, "invalid_range"]);
  });

  it.each([{ period: "OneWeek" }, { startDate: "yesterday" }, { endDate: "" }])(
    "refuse %j, which is none",
    async (query: Readonly<Record<string, string>>) => {
      const { status, body } = await asked(PATH, query);
      expect([status, body.code]).toEqual([400, "invalid_query"]);
    },
  );

  it("are shown to the application itself, and of no other", async () => {
    const token = await applicationToken(applicationId);
    expect((await asked(PATH, {}, token)).status).toBe(200);
    expect((await asked("/stats/app/other/attempt", {}, token)).status).toBe(404);
    expect((await asked("/stats/app/none/attempt", {})).status).toBe(404);
  });
});
