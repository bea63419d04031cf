import { afterAll, beforeAll, expect, it } from "vitest";
import { triggerScheduleId } from "../workflows/contract.ts";
import { call } from "./support/call-api.ts";
import { ORGANIZATION, type Installation } from "./support/installation.ts";
import { startReceiver } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";

const EVENT = "simulation.completed";
const EXAMPLE = { id: "sim_example" };
const NEXT_MS = 60_000;

let posthorn: Installation;
beforeAll(async () => {
  posthorn = await startInstallation();
});
afterAll(() => posthorn[Symbol.asyncDispose]());

/** An application, what a test key of it does below /v1, and its sandbox's id. */
async function newTester() {
  const { svix, url } = posthorn;
  const { id } = await svix.application.create({ name: "Ida" });
  const schemas = { 1: { type: "object", examples: [EXAMPLE] } };
  await call(posthorn, "PUT", `event-type/${EVENT}`, { description: "", schemas });
  const { key } = await call(posthorn, "POST", "api-key", { name: "k", appId: id, mode: "test" });
  const application = await posthorn.store.applications.find(ORGANIZATION, id);
  if (application === undefined) throw new Error("The application is not there");
  const sandbox = await posthorn.store.applications.sandboxOf(application);
  return {
    id,
    schedule: (place: string) =>
      posthorn.temporal.schedule.getHandle(triggerScheduleId(sandbox.id, place)),
    async api(method: string, path: string, body?: object) {
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await fetch(`${url}/v1${path}`, { method, headers, ...sent });
      const text = await answer.text();
      return { status: answer.status, body: text === "" ? undefined : JSON.parse(text) };
    },
  };
}

it("an example comes again and again, until the schedule is deleted", async () => {
  await using receiver = await startReceiver();
  const { api, schedule } = await newTester();
  await api("POST", "/webhooks", { url: receiver.urlOf("/") });
  const made = await api("POST", "/event-schedules", { event: EVENT, every: "10 seconds" });
  expect(made).toMatchObject({ status: 201, body: { id: "1", event: EVENT } });
  await schedule("1").trigger();
  await receiver.arrived(1);
  // By itself, when it is due.
  await expect.poll(() => receiver.requests.length, { timeout: NEXT_MS }).toBeGreaterThan(1);
  for (const { body, headers } of receiver.requests) {
    expect(body.toString()).toBe(JSON.stringify({ event: EVENT, data: EXAMPLE }));
    expect(headers["posthorn-mode"]).toBe("test");
  }
  const ids = receiver.requests.map(({ headers }) => headers["webhook-id"]);
  expect(new Set(ids).size).toBe(ids.length);
  const { data } = (await api("GET", "/event-schedules")).body;
  expect(data).toMatchObject([{ id: "1", every: "10 seconds" }]);
  expect(data[0].timesTriggered).toBeGreaterThan(0);
  expect((await api("DELETE", "/event-schedules/1")).status).toBe(204);
  expect((await api("GET", "/event-schedules")).body.data).toEqual([]);
});

it("what cron's fields cannot mean is refused, and places are given again", async () => {
  const { api } = await newTester();
  const create = (every: string) => api("POST", "/event-schedules", { event: EVENT, every });
  const refused = await create("61 * * * *");
  expect(refused).toMatchObject({ status: 422, body: { detail: [{ loc: ["body", "every"] }] } });
  expect((await create("0 9 * * MON-FRI")).body).toMatchObject({ id: "1", timesTriggered: 0 });
  expect((await create("1 hour")).body.id).toBe("2");
  await api("DELETE", "/event-schedules/1");
  const askedAtMs = Date.now();
  const again = await create("2 hours");
  expect(again.body).toMatchObject({ id: "1", every: "2 hours" });
  const nextAtMs = Date.parse(again.body.nextAt);
  expect(nextAtMs).toBeGreaterThan(askedAtMs);
  expect(nextAtMs).toBeLessThanOrEqual(Date.now() + 2 * 3_600_000);
  for (let place = 3; place <= 18; place++) {
    expect((await create("1 day")).body.id).toBe(String(place));
  }
  const made = await Promise.all(Array.from({ length: 4 }, () => create("1 day")));
  const statuses = made.map(({ status }) => status);
  expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 201, 409, 409]);
});

it("schedules end with their application", async () => {
  const { id, api, schedule } = await newTester();
  for (let n = 0; n < 2; n++) await api("POST", "/event-schedules", { event: EVENT, every: "7d" });
  await posthorn.svix.application.delete(id);
  await schedule("1").trigger();
  for (const place of ["1", "2"]) {
    await expect
      .poll(async () => isThere(schedule(place)), { timeout: NEXT_MS, interval: 200 })
      .toBe(false);
  }
});

async function isThere(handle: { describe(): Promise<unknown> }): Promise<boolean> {
  return handle.describe().then(
    () => true,
    () => false,
  );
}
