import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOTHING_DONE } from "../../domain/background-task.ts";
import { newId } from "../../store/new-id.ts";
import {
  applicationToken,
  ORGANIZATION,
  startTestGateway,
  type TestGateway,
} from "../testing/test-gateway.ts";
import { waitForTask } from "../testing/test-task.ts";

let gateway: TestGateway;
let token: string;
let applicationId: string;
let endpointIds: readonly string[];
let taskIds: readonly string[];
let otherTaskId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { svix } = gateway;
  applicationId = (await svix.application.create({ name: "App", uid: "app" })).id;
  token = await applicationToken(applicationId);
  await svix.application.create({ name: "Other", uid: "other" });
  await svix.message.create("app", { eventType: "a.b", payload: {} });
  endpointIds = [await createEndpoint("app", "https://a.example"), await createEndpoint("app")];
  taskIds = [await replay("app", endpointIds[0]), await replay("app", endpointIds[1])];
  otherTaskId = await replay("other", await createEndpoint("other"));
  await svix.message.expungeAllContents("app");
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function createEndpoint(app: string, url = "https://a.example/fails"): Promise<string> {
  return (await gateway.svix.endpoint.create(app, { url })).id;
}

async function replay(app: string, endpointId = ""): Promise<string> {
  const since = new Date(Date.now() - 60_000);
  const { id } = await gateway.svix.endpoint.replayMissing(app, endpointId, { since });
  await waitForTask(gateway, id);
  return id;
}

async function runningTask(): Promise<string> {
  const nowMs = Date.now();
  const id = newId("qtask", nowMs);
  const range = { sinceMs: 0, untilMs: nowMs };
  const endpointId = endpointIds[0] ?? "";
  await gateway.store.backgroundTasks.create({
    id,
    organizationId: ORGANIZATION,
    work: { type: "endpoint.recover", applicationId, endpointId, range },
    status: "running",
    progress: NOTHING_DONE,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  });
  return id;
}

function call(method: string, path: string, asToken = token) {
  return gateway.call(method, path, undefined, asToken);
}

describe("an application's own tasks", () => {
  it("are listed, with how far they are: recoveries and replays, and no others", async () => {
    const { status, body } = await call("GET", "/app/app/background-task");
    expect(status).toBe(200);
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(taskIds.toReversed());
    const counts = { found: 1, sent: 1, messagesSent: 1, skipped: 0 };
    expect(body.data[1]).toMatchObject({
      status: "finished",
      task: "endpoint.replay",
      endpointId: endpointIds[0],
      data: { ...counts, succeeded: 1, failed: 0 },
    });
    expect(body.data[0].data).toEqual({ ...counts, succeeded: 0, failed: 1 });
  });

  it("are listed page by page, at one endpoint, by their status", async () => {
    const first = await call("GET", "/app/app/background-task?limit=1");
    expect(first.body).toMatchObject({ done: false, data: [{ id: taskIds[1] }] });
    const path = `/app/app/background-task?limit=1&iterator=${first.body.iterator}`;
    expect((await call("GET", path)).body).toMatchObject({
      done: true,
      data: [{ id: taskIds[0] }],
    });
    const one = await call("GET", `/app/app/background-task?endpoint_id=${endpointIds[0]}`);
    expect(one.body.data).toMatchObject([{ id: taskIds[0] }]);
    const none = await call("GET", "/app/app/background-task?status=failed");
    expect(none.body.data).toEqual([]);
  });

  it("are got by their id; those of others are not there", async () => {
    const got = await call("GET", `/app/app/background-task/${taskIds[0]}`);
    expect(got.body).toMatchObject({ id: taskIds[0], endpointId: endpointIds[0] });
    for (const id of [otherTaskId, "qtask_none"]) {
      for (const asToken of [token, gateway.token]) {
        expect((await call("GET", `/app/app/background-task/${id}`, asToken)).status).toBe(404);
        const cancel = `/app/app/background-task/${id}/cancel`;
        expect((await call("POST", cancel, asToken)).status).toBe(404);
      }
    }
    expect((await call("GET", `/app/other/background-task/${otherTaskId}`)).status).toBe(404);
    expect((await call("GET", "/app/other/background-task")).status).toBe(404);
  });

  it("are canceled by who may create attempts, while they run", async () => {
    const id = await runningTask();
    const path = `/app/app/background-task/${id}/cancel`;
    const looks = await applicationToken(applicationId, { capabilities: ["ViewBase"] });
    expect((await call("POST", path, looks)).status).toBe(403);
    const { status, body } = await call("POST", path);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, status: "failed", data: { error: expect.any(String) } });
    const over = await call("POST", `/app/app/background-task/${taskIds[0]}/cancel`);
    expect([over.status, over.body.code]).toEqual([409, "conflict"]);
  });
});
