import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordAttempt } from "../testing/test-attempts.ts";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

let gateway: TestGateway;
let applicationId: string;
let endpointId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { application, endpoint } = gateway.svix;
  applicationId = (await application.create({ name: "App", uid: "app" })).id;
  await application.create({ name: "Other", uid: "other" });
  endpointId = (await endpoint.create("app", { url: "https://a.example", uid: "a" })).id;
  await endpoint.create("app", { url: "https://b.example", uid: "b" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

let messageId: string;
beforeEach(async () => {
  messageId = (await gateway.svix.message.create("app", { eventType: "a.b", payload: {} })).id;
});

function cancel(createdBefore: unknown, endpoint = "a", token = gateway.token, app = "app") {
  const path = `/app/${app}/endpoint/${endpoint}/cancel-msgs`;
  return gateway.call("POST", path, { createdBefore }, token);
}

/** Of the message at each endpoint, in their order. */
async function statuses(expandedStatuses: boolean): Promise<readonly number[]> {
  const query = `expanded_statuses=${expandedStatuses}`;
  const { body } = await gateway.call("GET", `/app/app/msg/${messageId}/endpoint?${query}`);
  return body.data.map(({ status }: { readonly status: number }) => status);
}

describe("messages that are canceled", () => {
  it("are attempted no more at this endpoint, and still at others", async () => {
    expect((await cancel(TOMORROW)).status).toBe(204);
    expect(await statuses(true)).toEqual([4, 1]);
    const pending = await gateway.store.pendingDeliveries([messageId]);
    expect(pending.map((one) => one.endpointId)).not.toContain(endpointId);
  });

  it("have failed to clients that know no fifth status", async () => {
    await cancel(TOMORROW);
    expect(await statuses(false)).toEqual([2, 1]);
    const shown = async (query: string) => {
      const { body } = await gateway.call("GET", `/app/app/endpoint/a/msg?limit=1&${query}`);
      return [body.data[0].status, body.data[0].statusText, body.data[0].nextAttempt];
    };
    expect(await shown("")).toEqual([2, "fail", null]);
    expect(await shown("expanded_statuses=true")).toEqual([4, "canceled", null]);
    const { data } = await gateway.svix.messageAttempt.listAttemptedMessages("app", "a");
    expect(data[0]).toMatchObject({ id: messageId, status: 4, statusText: "canceled" });
  });

  it("are found by their status, or among what failed by clients that know no fifth", async () => {
    await cancel(TOMORROW);
    const found = async (query: string) => {
      const { body } = await gateway.call("GET", `/app/app/endpoint/a/msg?limit=1&${query}`);
      return body.data.map(({ id }: { readonly id: string }) => id);
    };
    expect(await found("status=2")).toEqual([messageId]);
    expect(await found("status=4")).toEqual([messageId]);
    expect(await found("status=2&expanded_statuses=true")).toEqual([]);
    expect(await found("status=4&expanded_statuses=true")).toEqual([messageId]);
  });

  it("are those from before the time, and not what was delivered", async () => {
    const { timestamp } = await gateway.svix.message.get("app", messageId);
    await cancel(timestamp.toISOString());
    expect(await statuses(true)).toEqual([1, 1]);
    await recordAttempt(gateway, { messageId, endpointId, state: "succeeded" });
    await cancel("9999-12-31T23:59:59Z");
    expect(await statuses(true)).toEqual([0, 1]);
  });

  it("count as no attempt in the endpoint's statistics, and wait no longer", async () => {
    const before = await gateway.svix.endpoint.getStats("app", "a");
    await cancel(TOMORROW);
    expect(await gateway.svix.endpoint.getStats("app", "a")).toEqual({ ...before, pending: 0 });
    expect(before.pending).toBeGreaterThan(0);
  });

  it("need a token that may manage the endpoint", async () => {
    const own = await applicationToken(applicationId);
    const looking = await applicationToken(applicationId, { capabilities: ["ViewBase"] });
    expect((await cancel(TOMORROW, "a", looking)).status).toBe(403);
    expect((await cancel(TOMORROW, "a", own)).status).toBe(204);
    expect((await cancel(TOMORROW, "a", own, "other")).status).toBe(404);
    expect((await cancel(TOMORROW, "none")).status).toBe(404);
    expect((await cancel(TOMORROW, "a", gateway.token, "other")).status).toBe(404);
  });

  it.each([undefined, null, "yesterday", "2026-01-01", 5])(
    "are not those before %j",
    async (time) => {
      const { status, body } = await cancel(time);
      expect([status, body.detail[0].loc]).toEqual([422, ["body", "createdBefore"]]);
      expect(await statuses(true)).toEqual([1, 1]);
    },
  );
});

describe("one delivery that is canceled", () => {
  function cancelOne(endpoint = "a", message = messageId, token = gateway.token) {
    return gateway.call("POST", `/app/app/msg/${message}/endpoint/${endpoint}/cancel`, {}, token);
  }

  it("is attempted no more, and may be canceled again", async () => {
    expect((await cancelOne()).status).toBe(204);
    expect(await statuses(true)).toEqual([4, 1]);
    expect((await cancelOne()).status).toBe(204);
  });

  it("is refused where it has ended otherwise", async () => {
    await recordAttempt(gateway, { messageId, endpointId, state: "succeeded" });
    const { status, body } = await cancelOne();
    expect([status, body.code]).toEqual([409, "delivery_ended"]);
    expect(await statuses(true)).toEqual([0, 1]);
  });

  it("is 404 where there is none", async () => {
    await gateway.svix.endpoint.create("app", { url: "https://c.example", uid: "c" });
    expect((await cancelOne("c")).status).toBe(404);
    expect((await cancelOne("none")).status).toBe(404);
    expect((await cancelOne("a", "none")).status).toBe(404);
    await gateway.svix.endpoint.delete("app", "c");
  });

  it("needs a token that may manage the endpoint", async () => {
    const looking = await applicationToken(applicationId, { capabilities: ["ViewBase"] });
    expect((await cancelOne("a", messageId, looking)).status).toBe(403);
    const own = await applicationToken(applicationId);
    expect((await cancelOne("a", messageId, own)).status).toBe(204);
  });
});

describe("whether an endpoint's messages wait", () => {
  it("is answered: they do not", async () => {
    const asked = (app: string) => gateway.call("GET", `/app/${app}/endpoint/a/rate-limit-status`);
    expect((await asked("app")).body).toEqual({ status: "Ok", throttledSince: null });
    expect((await asked("other")).status).toBe(404);
  });
});
