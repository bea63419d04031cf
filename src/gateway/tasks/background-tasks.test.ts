import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOTHING_DONE } from "../../domain/background-task.ts";
import { newId } from "../../store/new-id.ts";
import {
  applicationToken,
  ORGANIZATION,
  organizationToken,
  startTestGateway,
  type TestGateway,
} from "../testing/test-gateway.ts";
import { waitForTask } from "../testing/test-task.ts";

const HOUR_MS = 3_600_000;

let gateway: TestGateway;
let ids: readonly string[];
beforeAll(async () => {
  gateway = await startTestGateway();
  const { svix } = gateway;
  await svix.application.create({ name: "App", uid: "app" });
  await svix.eventType.create({ name: "letter.sent", description: "" });
  const url = "https://a.example";
  await svix.endpoint.create("app", { url, uid: "some", eventTypes: ["letter.sent"] });
  await svix.endpoint.create("app", { url, uid: "all" });
  await svix.application.create({ name: "Empty", uid: "empty" });
  const begun: string[] = [];
  for (const [method, path, body] of [
    ["POST", "/app/app/endpoint/all/recover", { since: at(-HOUR_MS) }],
    ["PUT", "/stats/usage/event-types", undefined],
    ["POST", "/app/app/endpoint/all/recover", { since: at(-HOUR_MS) }],
  ] as const) {
    const { body: task } = await gateway.call(method, path, body);
    await waitForTask(gateway, task.id);
    begun.push(task.id);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  ids = begun;
});
afterAll(() => gateway[Symbol.asyncDispose]());

function at(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}

describe("background tasks", () => {
  it("are found by their id, by the organization", async () => {
    const { svix } = gateway;
    const task = await svix.backgroundTask.get(ids[0] ?? "");
    expect(task).toMatchObject({ id: ids[0], status: "finished", task: "endpoint.recover" });
    const path = `/background-task/${ids[0]}`;
    const stranger = await organizationToken("org_stranger");
    expect((await gateway.call("GET", path, undefined, stranger)).status).toBe(404);
    expect((await gateway.call("GET", "/background-task/qtask_none")).status).toBe(404);
    const { id } = await svix.application.get("app");
    const ofApplication = await applicationToken(id);
    for (const one of [path, "/background-task"]) {
      expect((await gateway.call("GET", one, undefined, ofApplication)).status).toBe(403);
    }
  });

  it("are listed, newest first, by status and type, in pages", async () => {
    const list = async (query: string) => {
      const { body } = await gateway.call("GET", `/background-task?${query}`);
      return [...body.data.map(({ id }: { id: string }) => ids.indexOf(id)), body.done];
    };
    expect(await list("")).toEqual([2, 1, 0, true]);
    expect(await list("limit=2")).toEqual([2, 1, false]);
    expect(await list(`limit=2&iterator=${ids[1]}`)).toEqual([0, true]);
    expect(await list(`limit=1&iterator=-${ids[0]}`)).toEqual([1, false]);
    expect(await list("order=ascending")).toEqual([0, 1, 2, true]);
    expect(await list("task=endpoint.recover&status=finished")).toEqual([2, 0, true]);
    expect(await list("status=failed")).toEqual([true]);
    expect(await list("task=sdk.generate")).toEqual([true]);
    const stranger = await organizationToken("org_stranger");
    const { body } = await gateway.call("GET", "/background-task", undefined, stranger);
    expect(body.data).toEqual([]);
  });

  it("are listed without what they found in the whole organization", async () => {
    const { body } = await gateway.call("GET", "/background-task?order=ascending");
    const [recovered, aggregated] = body.data;
    const { id: endpointId } = await gateway.svix.endpoint.get("app", "all");
    const { id: appId } = await gateway.svix.application.get("app");
    expect(recovered.data).toMatchObject({ appId, endpointId, found: 0 });
    expect(aggregated).toMatchObject({ task: "event-type.aggregate", data: {} });
    expect((await waitForTask(gateway, aggregated.id)).data.event_types).toHaveLength(2);
  });

  it.each(["status=done", "task=none", "order=up", "limit=x", "iterator=msg_1"])(
    "are not listed by %s",
    async (query) => {
      const { status } = await gateway.call("GET", `/background-task?${query}`);
      expect([400, 422]).toContain(status);
    },
  );
});

describe("what applications use", () => {
  it("is what their endpoints are subscribed to", async () => {
    const { data } = await waitForTask(gateway, ids[1] ?? "");
    const [app, empty] = data.event_types;
    expect(app).toMatchObject({
      appUid: "app",
      explicitlySubscribedEventTypes: ["letter.sent"],
      hasCatchAllEndpoint: true,
    });
    expect(empty).toMatchObject({ explicitlySubscribedEventTypes: [], hasCatchAllEndpoint: false });
  });

  it("is how many attempts they had, of those that are named", async () => {
    await gateway.svix.message.create("app", { eventType: "letter.sent", payload: {} });
    const replay = await gateway.svix.endpoint.bulkReplay("app", "all", {
      since: new Date(Date.now() - HOUR_MS),
    });
    await waitForTask(gateway, replay.id);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const range = { since: at(-HOUR_MS), until: at(0) };
    const count = async (body: object) => {
      const answer = await gateway.call("POST", "/stats/usage/app", { ...range, ...body });
      expect(answer.status).toBe(202);
      const { data } = await waitForTask(gateway, answer.body.id);
      const counts = data.appStats.map((one: Record<string, unknown>) => [
        one["appUid"],
        one["messageDestinations"],
      ]);
      return [counts, answer.body.unresolvedAppIds];
    };
    expect(await count({})).toEqual([
      [
        ["app", 1],
        ["empty", 0],
      ],
      [],
    ]);
    expect(await count({ appIds: ["empty", "none"] })).toEqual([[["empty", 0]], ["none"]]);
  });

  it.each([
    ["appIds", { since: at(-HOUR_MS), until: at(0), appIds: ["none"] }],
    ["until", { since: at(-HOUR_MS) }],
    ["since", { since: at(-HOUR_MS), until: at(-2 * HOUR_MS) }],
  ])("is not counted with a wrong %s", async (field, body) => {
    const answer = await gateway.call("POST", "/stats/usage/app", body);
    expect(answer.status).toBe(422);
    expect(answer.body.detail[0].loc).toEqual(["body", field]);
  });
});

describe("a task that is canceled", () => {
  function cancel(id: string, token?: string) {
    return gateway.call("POST", `/background-task/${id}/cancel`, undefined, token);
  }

  async function runningTask(): Promise<string> {
    const nowMs = Date.now();
    const id = newId("qtask", nowMs);
    await gateway.store.backgroundTasks.create({
      id,
      organizationId: ORGANIZATION,
      work: { type: "application.purge_content", applicationId: "app_1", untilMs: nowMs },
      status: "running",
      progress: { ...NOTHING_DONE, counts: { purged: 7 } },
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
    });
    return id;
  }

  it("fails, keeps what it has done, and may be canceled again", async () => {
    const id = await runningTask();
    for (let i = 0; i < 2; i++) {
      const { status, body } = await cancel(id);
      expect(status).toBe(200);
      expect(body).toMatchObject({ id, status: "failed" });
      const error = "It was canceled";
      expect(body.data).toEqual({ appId: "app_1", messagesPurged: 7, error });
    }
    const { body } = await gateway.call("GET", `/background-task/${id}`);
    expect(body).toMatchObject({ status: "failed", data: { messagesPurged: 7 } });
  });

  it("is refused where it has finished", async () => {
    const { status, body } = await cancel(ids[0] ?? "");
    expect([status, body.code]).toEqual([409, "conflict"]);
    const { body: task } = await gateway.call("GET", `/background-task/${ids[0]}`);
    expect(task.status).toBe("finished");
  });

  it("is the organization's alone", async () => {
    const id = await runningTask();
    const { id: applicationId } = await gateway.svix.application.get("app");
    expect((await cancel(id, await organizationToken("org_other"))).status).toBe(404);
    expect((await cancel(id, await applicationToken(applicationId))).status).toBe(403);
    expect((await cancel("qtask_none")).status).toBe(404);
    expect((await cancel(id)).status).toBe(200);
  });
});
