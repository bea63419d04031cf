import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../store/new-id.ts";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";
import { waitForTask } from "../testing/test-task.ts";

const DAY_MS = 86_400_000;
const KINDS = ["recover", "replay-missing", "bulk-replay"] as const;
const TYPES = {
  recover: "endpoint.recover",
  "replay-missing": "endpoint.replay",
  "bulk-replay": "endpoint.bulk-replay",
};

let gateway: TestGateway;
let applicationId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { svix } = gateway;
  applicationId = (await svix.application.create({ name: "App", uid: "app" })).id;
  await svix.application.create({ name: "Other", uid: "other" });
  await svix.endpoint.create("app", { url: "https://a.example", uid: "fine" });
  await svix.endpoint.create("app", { url: "https://a.example/fails", uid: "fails" });
  await svix.endpoint.create("app", { url: "https://a.example", uid: "off", disabled: true });
});
afterAll(() => gateway[Symbol.asyncDispose]());

function ago(ms: number): string {
  return new Date(Date.now() - ms).toISOString();
}

function post(kind: string, endpoint: string, body: unknown, token?: string) {
  return gateway.call("POST", `/app/app/endpoint/${endpoint}/${kind}`, body, token);
}

/** What the task came to that such a call began. */
async function dataOf(kind: string, endpoint: string, body: object = {}) {
  const answer = await post(kind, endpoint, { since: ago(DAY_MS), ...body });
  expect(answer.status).toBe(202);
  return (await waitForTask(gateway, answer.body.id)).data;
}

describe.each(KINDS)("%s", (kind) => {
  it("answers with the task that it began", async () => {
    const { status, body } = await post(kind, "fine", { since: ago(DAY_MS) });
    expect(status).toBe(202);
    expect(body).toEqual({
      id: expect.stringMatching(/^qtask_\w{27}$/),
      status: "running",
      task: TYPES[kind],
      updatedAt: expect.any(String),
    });
    expect(await waitForTask(gateway, body.id)).toMatchObject({ status: "finished" });
  });

  it("refuses an endpoint that is disabled, and says how to enable it", async () => {
    const { status, body } = await post(kind, "off", { since: ago(DAY_MS) });
    expect([status, body.code]).toEqual([409, "endpoint_disabled"]);
    expect(body.detail).toContain('"disabled": false');
  });

  it.each([
    ["since", {}],
    ["since", { since: "yesterday" }],
    ["since", { since: ago(-DAY_MS) }],
    ["since", { since: ago(DAY_MS), until: ago(2 * DAY_MS) }],
    ["until", { since: ago(DAY_MS), until: ago(-60_000) }],
    ["until", { since: ago(DAY_MS), until: "soon" }],
  ])("refuses a wrong %s: %j", async (field, body) => {
    const answer = await post(kind, "fine", body);
    expect(answer.status).toBe(422);
    expect(answer.body.detail[0].loc).toEqual(["body", field]);
  });

  it("is for the organization, and for tokens of the application that may create attempts", async () => {
    const body = { since: ago(DAY_MS) };
    const mayCreate = await applicationToken(applicationId, { capabilities: ["CreateAttempts"] });
    expect((await post(kind, "fine", body, mayCreate)).status).toBe(202);
    expect((await post(kind, "none", body)).status).toBe(404);
    const elsewhere = await gateway.call("POST", `/app/other/endpoint/fine/${kind}`, body);
    expect(elsewhere.status).toBe(404);
  });
});

describe("recover", () => {
  it("looks back for 14 days at most", async () => {
    const range = { since: ago(20 * DAY_MS), until: ago(6 * DAY_MS - 60_000) };
    expect((await post("recover", "fine", range)).status).toBe(202);
    const longer = { since: ago(14 * DAY_MS + 6 * 60_000) };
    expect((await post("recover", "fine", longer)).body.detail[0].msg).toContain("14 days");
    expect((await post("replay-missing", "fine", longer)).status).toBe(202);
  });
});

describe("replays of an application", () => {
  it("are ten at once: another waits until one has ended", async () => {
    const { svix, store } = gateway;
    const { id } = await svix.application.create({ name: "Busy", uid: "busy" });
    const endpoint = await svix.endpoint.create("busy", { url: "https://a.example", uid: "one" });
    const begun = await svix.endpoint.recover("busy", "one", { since: new Date() });
    const pattern = (await waitForRow(begun.id)) ?? expect.unreachable();
    const running = Array.from({ length: 10 }, () => ({
      ...pattern,
      id: newId("qtask", Date.now()),
      status: "running" as const,
    }));
    for (const task of running) await store.backgroundTasks.create(task);
    for (const kind of KINDS) {
      const path = `/app/busy/endpoint/${endpoint.id}/${kind}`;
      const { status, body } = await gateway.call("POST", path, { since: ago(DAY_MS) });
      expect([status, body.code]).toEqual([409, "limit_reached"]);
      expect(body.detail).toMatch(/^10 replays.*wait.*\/background-task$/);
    }
    expect((await gateway.call("POST", "/app/busy/msg/expunge-all-contents")).status).toBe(202);
    expect((await post("recover", "fine", { since: ago(DAY_MS) })).status).toBe(202);
    const [first = expect.unreachable()] = running;
    await store.backgroundTasks.change(first, { ...first, status: "finished" }, Date.now());
    const path = `/app/${id}/endpoint/one/recover`;
    expect((await gateway.call("POST", path, { since: ago(DAY_MS) })).status).toBe(202);
  });

  async function waitForRow(id: string) {
    await waitForTask(gateway, id);
    return gateway.store.backgroundTasks.read(id);
  }
});

describe("what is replayed", () => {
  beforeAll(async () => {
    const { svix } = gateway;
    for (const eventId of ["m-1", "m-2", "m-3"]) {
      const tags = eventId === "m-3" ? ["late"] : [];
      const message = { eventId, eventType: "letter.sent", payload: {}, tags };
      await svix.message.create("app", message);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it("is what an endpoint that came later never had, once", async () => {
    const late = { url: "https://late.example", uid: "late" };
    const { id: endpointId } = await gateway.svix.endpoint.create("app", late);
    const { id: appId } = await gateway.svix.application.get("app");
    const sent = { messagesSent: 3, found: 3, sent: 3, succeeded: 3, failed: 0, skipped: 0 };
    expect(await dataOf("replay-missing", "late")).toEqual({ appId, endpointId, ...sent });
    expect(await dataOf("replay-missing", "late")).toMatchObject({ found: 0, messagesSent: 0 });
    const attempts = await gateway.svix.messageAttempt.listByEndpoint("app", "late");
    expect(attempts.data.map(({ triggerType }) => triggerType)).toEqual([1, 1, 1]);
  });

  it("is what failed, as often as it is asked for, and what it came to is told", async () => {
    await gateway.svix.endpoint.create("app", { url: "https://a.example/fails", uid: "bad" });
    expect(await dataOf("replay-missing", "bad")).toMatchObject({ sent: 3, failed: 3 });
    await new Promise((resolve) => setTimeout(resolve, 10));
    const again = { found: 3, sent: 3, succeeded: 0, failed: 3 };
    expect(await dataOf("recover", "bad")).toMatchObject(again);
    await gateway.svix.endpoint.patch("app", "bad", { url: "https://a.example" });
    expect(await dataOf("recover", "bad")).toMatchObject({ found: 3, succeeded: 3 });
    expect(await dataOf("recover", "bad")).toMatchObject({ found: 0 });
  });

  it("is what a filter says, also where it was delivered before", async () => {
    const sent = async (filter: object) => (await dataOf("bulk-replay", "late", filter)).sent;
    expect(await sent({ tag: "late", status: 0 })).toBe(1);
    expect(await sent({ statusCodeClass: 500 })).toBe(0);
    expect(await sent({ eventTypes: ["letter.sent"], channel: null })).toBe(3);
    expect(await sent({ until: ago(60_000) })).toBe(0);
    const wrong = await post("bulk-replay", "late", { since: ago(1), status: 9, channel: "a b" });
    expect(wrong.body.detail.map(({ loc }: { loc: unknown }) => loc)).toEqual([
      ["body", "channel"],
      ["body", "status"],
    ]);
  });

  it("is of a thousand event types at most: a statement has to carry them", async () => {
    const named = async (count: number) =>
      post("bulk-replay", "late", {
        since: ago(1),
        eventTypes: Array.from({ length: count }, (_, i) => `letter.${i}`),
      });
    const refused = await named(1_001);
    expect([refused.status, refused.body.detail[0]?.loc]).toEqual([422, ["body", "eventTypes"]]);
    const { body } = await named(1_000);
    expect(await waitForTask(gateway, body.id)).toMatchObject({ status: "finished" });
  });

  it("is left out where the payload is gone", async () => {
    const { svix } = gateway;
    await svix.message.expungeContent("app", "m-1");
    expect(await dataOf("bulk-replay", "late")).toMatchObject({ found: 3, sent: 2, skipped: 1 });
  });
});

describe("an application's payloads", () => {
  it("are deleted in the background, by the organization alone", async () => {
    const path = "/app/app/msg/expunge-all-contents";
    const all = await applicationToken(applicationId);
    expect((await gateway.call("POST", path, undefined, all)).status).toBe(403);
    expect((await gateway.call("POST", "/app/none/msg/expunge-all-contents")).status).toBe(404);
    const { status, body } = await gateway.call("POST", path);
    expect([status, body.task]).toEqual([202, "application.purge_content"]);
    const { data } = await waitForTask(gateway, body.id);
    expect(data).toEqual({ appId: applicationId, messagesPurged: 2 });
    const kept = await gateway.svix.message.get("app", "m-2", { withContent: true });
    expect(kept.payload).toEqual({ expired: true });
  });
});
