import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordAttempt } from "../testing/test-attempts.ts";
import { waitForTask } from "../testing/test-task.ts";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const KINDS = ["recover", "replay-missing", "bulk-replay"] as const;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { svix } = gateway;
  await svix.application.create({ name: "App", uid: "app" });
  await svix.endpoint.create("app", { url: "https://a.example", uid: "fine" });
  await svix.endpoint.create("app", { url: "https://a.example", uid: "off", disabled: true });
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function sendAndFail(): Promise<string> {
  const { id } = await gateway.svix.message.create("app", { eventType: "a.b", payload: {} });
  const [due] = await gateway.store.pendingDeliveries([id]);
  await recordAttempt(gateway, {
    messageId: id,
    endpointId: due?.endpointId ?? "",
    state: "exhausted",
  });
  return id;
}

function resend(messageId: string, query: string, endpoint = "fine") {
  const path = `/app/app/msg/${messageId}/endpoint/${endpoint}/resend${query}`;
  return gateway.call("POST", path);
}

describe("a resend with retry=true", () => {
  it("makes the delivery pending, and the next attempt due at once", async () => {
    const id = await sendAndFail();
    expect(await resend(id, "?retry=true")).toMatchObject({ status: 202, body: {} });
    const [pending, ...others] = await gateway.store.pendingDeliveries([id]);
    expect([pending?.attemptNumber, others]).toEqual([2, []]);
    expect(pending?.nextAttemptAtMs).toBeLessThanOrEqual(Date.now());
  });

  it("is refused as any other resend is", async () => {
    const id = await sendAndFail();
    expect((await resend(id, "?retry=true", "off")).body.code).toBe("endpoint_disabled");
    expect((await resend(id, "?retry=yes")).status).toBe(400);
    expect((await resend("none", "?retry=true")).status).toBe(404);
    await gateway.svix.message.expungeContent("app", id);
    expect((await resend(id, "?retry=true")).body.code).toBe("payload_expunged");
  });

  it("is one attempt without it", async () => {
    const id = await sendAndFail();
    expect((await resend(id, "?retry=false")).status).toBe(202);
    expect(await gateway.store.pendingDeliveries([id])).toEqual([]);
  });
});

describe.each(KINDS)("%s with retry=true", (kind) => {
  it("begins the schedules of what it finds anew", async () => {
    const uid = `for-${kind}`;
    const failed = await sendAndFail();
    const { url } = await gateway.svix.endpoint.get("app", "fine");
    const { id: later } = await gateway.svix.endpoint.create("app", { url, uid });
    const isMissing = kind === "replay-missing";
    const path = `/app/app/endpoint/${isMissing ? uid : "fine"}/${kind}?retry=true`;
    const since = new Date(Date.now() - 3_600_000).toISOString();
    const { status, body } = await gateway.call("POST", path, { since });
    expect(status).toBe(202);
    const task = await waitForTask(gateway, body.id);
    expect(task).toMatchObject({ status: "finished", data: { succeeded: 0, failed: 0 } });
    expect(task.data.sent).toBeGreaterThan(0);
    const pending = await gateway.store.pendingDeliveries([failed]);
    const at = pending.find(({ endpointId }) => !isMissing || endpointId === later);
    expect(at?.attemptNumber).toBe(isMissing ? 1 : 2);
  });
});
