import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const PATH = "/app/app/endpoint/fine/retry-schedule";
const SCHEDULE = {
  retrySchedule: [
    { secs: 5, nanos: 0 },
    { secs: 0, nanos: 250_000_000 },
  ],
};

let gateway: TestGateway;
let applicationId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { svix } = gateway;
  applicationId = (await svix.application.create({ name: "App", uid: "app" })).id;
  await svix.application.create({ name: "Other", uid: "other" });
  await svix.endpoint.create("app", { url: "https://a.example", uid: "fine" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe("an endpoint's retry schedule", () => {
  it("is none of its own, until it is set, and when it is taken back", async () => {
    const none = { status: 200, body: { retrySchedule: null } };
    expect(await gateway.call("GET", PATH)).toMatchObject(none);
    expect(await gateway.call("PUT", PATH, SCHEDULE)).toMatchObject({ body: SCHEDULE });
    expect(await gateway.call("GET", PATH)).toMatchObject({ status: 200, body: SCHEDULE });
    expect(await gateway.call("PUT", PATH, {})).toMatchObject(none);
    expect(await gateway.call("GET", PATH)).toMatchObject(none);
  });

  it("is told with what is in force without it, and which event types differ", async () => {
    const waits = [{ secs: 9, nanos: 0 }];
    for (const name of ["odd.one", "other.one"]) {
      await gateway.svix.eventType.create({ name, description: "" });
      await gateway.call("PUT", `/event-type/${name}/retry-schedule`, { retrySchedule: waits });
    }
    const hidden = { name: "hidden.one", description: "", featureFlags: ["beta"] };
    await gateway.call("POST", "/event-type", hidden);
    await gateway.call("PUT", "/event-type/hidden.one/retry-schedule", { retrySchedule: [] });
    const [odd, other] = ["odd.one", "other.one"].map((eventType) => ({
      eventType,
      retrySchedule: waits,
    }));
    const installations = [5, 300].map((secs) => ({ secs, nanos: 0 }));
    const usual = (...byEventType: unknown[]) => ({ retrySchedule: installations, byEventType });
    const token = await applicationToken(applicationId, { featureFlags: [] });
    const told = async () => (await gateway.call("GET", PATH, undefined, token)).body;
    await gateway.call("PUT", PATH, {});
    expect(await told()).toEqual({ retrySchedule: null, usual: usual(odd, other) });
    await gateway.svix.endpoint.patch("app", "fine", { eventTypes: ["odd.one"] });
    await gateway.call("PUT", PATH, SCHEDULE);
    expect(await told()).toEqual({ ...SCHEDULE, usual: usual(odd) });
    await gateway.svix.endpoint.patch("app", "fine", { eventTypes: null });
  });

  it("is what the next attempt is given, before the event type's", async () => {
    await gateway.call("PUT", PATH, SCHEDULE);
    const { id } = await gateway.svix.message.create("app", { eventType: "a.b", payload: {} });
    const [due] = await gateway.store.pendingDeliveries([id]);
    if (due === undefined) expect.unreachable();
    const lease = { holder: "h", nowMs: Date.now(), untilMs: Date.now() + 1_000 };
    const [claimed] = await gateway.store.claim([due], lease);
    expect(claimed).toMatchObject({ attempt: { retrySchedule: [5_000, 250] } });
  });

  it("is read by whoever sees the endpoint, and set by whoever manages it", async () => {
    const looking = await applicationToken(applicationId, { capabilities: ["ViewBase"] });
    const managing = await applicationToken(applicationId);
    expect((await gateway.call("GET", PATH, undefined, looking)).status).toBe(200);
    expect((await gateway.call("PUT", PATH, SCHEDULE, looking)).status).toBe(403);
    expect((await gateway.call("PUT", PATH, SCHEDULE, managing)).status).toBe(200);
    for (const path of [PATH.replace("fine", "none"), PATH.replace("/app/app", "/app/other")]) {
      expect((await gateway.call("GET", path)).status).toBe(404);
      expect((await gateway.call("PUT", path, SCHEDULE)).status).toBe(404);
    }
  });

  it.each([
    [["body", "retrySchedule", "0", "secs"], { retrySchedule: [{ secs: -1, nanos: 0 }] }],
    [["body", "retrySchedule", "0"], { retrySchedule: [{ secs: 31 * 86_400, nanos: 0 }] }],
    [["body", "retrySchedule"], { retrySchedule: "5s,5m" }],
  ])("is refused with what is wrong at %j", async (loc, body) => {
    const answer = await gateway.call("PUT", PATH, body);
    expect([answer.status, answer.body.detail[0].loc]).toEqual([422, loc]);
  });
});
