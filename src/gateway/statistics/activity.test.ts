import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordAttempt } from "../testing/test-attempts.ts";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";
import { percentile } from "./latencies.ts";

const HOUR_MS = 3_600_000;
const NOW_MS = Date.now();
const HOUR_BEGAN_MS = NOW_MS - (NOW_MS % HOUR_MS);

let gateway: TestGateway;
let applicationId: string;
let token: string;
let ids: readonly string[];
beforeAll(async () => {
  gateway = await startTestGateway();
  const { svix } = gateway;
  applicationId = (await svix.application.create({ name: "App", uid: "app" })).id;
  token = await applicationToken(applicationId);
  await svix.application.create({ name: "Other", uid: "other" });
  const made: string[] = [];
  for (const uid of ["fine", "bad", "worse"]) {
    made.push((await svix.endpoint.create("app", { url: `https://${uid}.example/`, uid })).id);
  }
  ids = made;
  const [fine = "", bad = "", worse = ""] = ids;
  await attempts(fine, "succeeded", 4, 1);
  await attempts(bad, "succeeded", 3, 2);
  await attempts(bad, "exhausted", 1, 1);
  await attempts(worse, "exhausted", 2, 1);
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** So many, in the hour so many before this one. */
async function attempts(
  endpointId: string,
  state: "succeeded" | "exhausted",
  count: number,
  hoursAgo: number,
): Promise<void> {
  for (let i = 0; i < count; i++) {
    const endedAtMs = HOUR_BEGAN_MS - hoursAgo * HOUR_MS + 1_000 * i;
    const response = state === "succeeded" ? "" : "out of order";
    const durationMs = 10 * (i + 1);
    await recordAttempt(gateway, {
      applicationId,
      endpointId,
      state,
      endedAtMs,
      response,
      durationMs,
    });
  }
}

const RANGE = `startDate=${new Date(HOUR_BEGAN_MS - 2 * HOUR_MS).toISOString()}&endDate=${new Date(HOUR_BEGAN_MS).toISOString()}`;

describe("the attempts at each endpoint", () => {
  const PATH = "/app/app/stats/endpoints";

  it("are counted over time, for a page of endpoints", async () => {
    const { status, body } = await gateway.call("GET", `${PATH}?${RANGE}`, undefined, token);
    expect(status).toBe(200);
    expect(body).toMatchObject({ period: "OneHour", done: true });
    const [fine, bad, worse] = ids;
    expect(body.data).toEqual([
      series(worse, [0, 0], [0, 2], 1),
      series(bad, [3, 0], [0, 1], 1 / 4),
      series(fine, [0, 4], [0, 0], 0),
    ]);
    const page = await gateway.call("GET", `${PATH}?limit=1&order=ascending`, undefined, token);
    expect(page.body).toMatchObject({ done: false, iterator: fine });
    expect(page.body.data[0].successCount).toHaveLength(48);
  });

  function series(
    endpointId: string | undefined,
    successCount: readonly number[],
    failureCount: readonly number[],
    errorRate: number,
  ) {
    const [success, failure] = [successCount, failureCount].map((counts) =>
      counts.reduce((sum, count) => sum + count, 0),
    );
    const waiting = { pending: 0, sending: 0, isWaitingExact: true };
    return { endpointId, success, failure, errorRate, successCount, failureCount, ...waiting };
  }

  it("are counted for one endpoint, by its id or uid", async () => {
    const [, bad] = ids;
    for (const one of [bad, "bad"]) {
      const { body } = await gateway.call("GET", `${PATH}?${RANGE}&endpoint_id=${one}`);
      expect(body).toMatchObject({ done: true, data: [series(bad, [3, 0], [0, 1], 1 / 4)] });
    }
    expect((await gateway.call("GET", `${PATH}?endpoint_id=none`)).status).toBe(404);
    expect(
      (await gateway.call("GET", `/app/other/stats/endpoints?endpoint_id=${bad}`)).status,
    ).toBe(404);
  });

  it("have no error rate where there are none", async () => {
    const end = new Date(HOUR_BEGAN_MS - 10 * HOUR_MS).toISOString();
    const { body } = await gateway.call("GET", `${PATH}?endDate=${end}&period=FiveMinutes`);
    expect(body.data[0]).toMatchObject({ success: 0, failure: 0, errorRate: null });
  });

  it.each(["limit=101", "limit=0", "iterator=app_x"])("refuse %s", async (query) => {
    expect((await gateway.call("GET", `${PATH}?${query}`)).status).toBe(422);
  });

  it("refuse more periods than they are counted in", async () => {
    const start = new Date(NOW_MS - 10 * 24 * HOUR_MS).toISOString();
    const { body } = await gateway.call("GET", `${PATH}?startDate=${start}`);
    expect(body.code).toBe("invalid_range");
  });

  it("are another application's to nobody else", async () => {
    for (const path of ["stats/endpoints", "stats/failing-endpoints"]) {
      const { status } = await gateway.call("GET", `/app/other/${path}`, undefined, token);
      expect(status).toBe(404);
      expect((await gateway.call("GET", `/app/other/${path}`)).body.data).toEqual([]);
    }
  });
});

describe("the endpoints that fail most", () => {
  it("are named with how much fails, and with the last error", async () => {
    const { body } = await gateway.call(
      "GET",
      "/app/app/stats/failing-endpoints",
      undefined,
      token,
    );
    expect(body).toMatchObject({ isComplete: true });
    expect(body.data).toMatchObject([
      { endpointId: ids[2], failure: 2, success: 0, errorRate: 1 },
      { endpointId: ids[1], failure: 1, success: 3, errorRate: 1 / 4, url: "https://bad.example/" },
    ]);
    expect(body.data[0].lastError).toMatchObject({
      responseStatusCode: 500,
      response: "out of order",
      timestamp: new Date(HOUR_BEGAN_MS - HOUR_MS + 1_000).toISOString(),
    });
    const one = await gateway.call("GET", "/app/app/stats/failing-endpoints?limit=1");
    expect(one.body.data).toHaveLength(1);
  });
});

describe("how long attempts take", () => {
  it("is told for each period, as percentiles", async () => {
    const path = `/stats/app/app/attempt/latency?${RANGE}&period=OneHour`;
    const { status, body } = await gateway.call("GET", path, undefined, token);
    expect(status).toBe(200);
    expect(body.data).toEqual({
      p50: [20, 20],
      p95: [30, 40],
      p99: [30, 40],
      attempts: [3, 7],
    });
    const none = await gateway.call("GET", "/stats/app/other/attempt/latency");
    expect(none.body.data.p50).toEqual(Array.from({ length: 28 }, () => null));
    const other = await gateway.call("GET", "/stats/app/other/attempt/latency", undefined, token);
    expect(other.status).toBe(404);
  });

  it.each([
    [[], 0.5, null],
    [[7], 0.99, 7],
    [[1, 2, 3, 4], 0.5, 2],
    [[1, 2, 3, 4], 0.95, 4],
  ])("has of %j at %d: %s", (sorted, part, expected) => {
    expect(percentile(sorted, part)).toBe(expected);
  });
});
