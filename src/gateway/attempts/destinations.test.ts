import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordAttempt } from "../testing/test-attempts.ts";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

let gateway: TestGateway;
let applicationId: string;
let messageId: string;
const ids: string[] = [];
beforeAll(async () => {
  gateway = await startTestGateway();
  const { application, endpoint, message } = gateway.svix;
  applicationId = (await application.create({ name: "App", uid: "app" })).id;
  await application.create({ name: "Other", uid: "other" });
  for (const uid of ["a", "b", "c"]) {
    ids.push((await endpoint.create("app", { url: `https://${uid}.example`, uid })).id);
    await new Promise((resolve) => setTimeout(resolve, 6));
  }
  messageId = (await message.create("app", { eventType: "a.b", payload: {} })).id;
  const [first = "", second = ""] = ids;
  await recordAttempt(gateway, { messageId, endpointId: first, state: "succeeded" });
  await recordAttempt(gateway, { messageId, endpointId: second, state: "pending" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe("where a message goes", () => {
  it("is listed with how it fares there", async () => {
    const { data, done } = await gateway.svix.messageAttempt.listAttemptedDestinations(
      "app",
      messageId,
    );
    expect(done).toBe(true);
    expect(data.map(({ id, uid, status }) => [id, uid, status])).toEqual([
      [ids[0], "a", 0],
      [ids[1], "b", 3],
      [ids[2], "c", 1],
    ]);
    expect(data[0]).not.toHaveProperty("metadata");
    expect(data.map(({ nextAttempt }) => nextAttempt instanceof Date)).toEqual([false, true, true]);
  });

  it("is walked page by page, forwards and backwards", async () => {
    const { messageAttempt } = gateway.svix;
    const list = (iterator: string | null, limit = 2) =>
      messageAttempt.listAttemptedDestinations("app", messageId, { limit, iterator });
    const first = await list(null);
    expect([first.data.map(({ uid }) => uid), first.done]).toEqual([["a", "b"], false]);
    const last = await list(first.iterator);
    expect([last.data.map(({ uid }) => uid), last.done]).toEqual([["c"], true]);
    const back = await list(last.prevIterator ?? null);
    expect(back.data).toEqual(first.data);
    const none = await list(last.iterator);
    expect([none.data, none.iterator, none.done]).toEqual([[], null, true]);
  });

  it("is shown to the application itself, and of no other", async () => {
    const token = await applicationToken(applicationId);
    const asked = (app: string) =>
      gateway.call("GET", `/app/${app}/msg/${messageId}/endpoint`, undefined, token);
    expect((await asked("app")).status).toBe(200);
    expect((await asked("other")).status).toBe(404);
  });

  it("is shown as it was, once the endpoint was deleted", async () => {
    const before = await gateway.svix.messageAttempt.listAttemptedDestinations("app", messageId);
    await gateway.svix.endpoint.delete("app", "a");
    expect(await gateway.svix.messageAttempt.listAttemptedDestinations("app", messageId)).toEqual(
      before,
    );
  });
});

describe("the older paths of a message's attempts", () => {
  const attempts = async (path: string): Promise<readonly string[]> => {
    const { status, body } = await gateway.call("GET", `/app/app/msg/${messageId}${path}`);
    expect(status).toBe(200);
    return body.data.map(({ endpointId }: { readonly endpointId: string }) => endpointId).sort();
  };

  it("list the same as the newer one", async () => {
    const newer = await gateway.svix.messageAttempt.listByMsg("app", messageId);
    expect(newer.data).toHaveLength(2);
    expect(await attempts("/attempt")).toEqual(ids.slice(0, 2));
    expect(await attempts("/attempt?status=2")).toEqual([ids[1]]);
  });

  it("list those at one endpoint, by its id or uid", async () => {
    expect(await attempts("/endpoint/b/attempt")).toEqual([ids[1]]);
    expect(await attempts(`/endpoint/${ids[0]}/attempt`)).toEqual([ids[0]]);
    expect(await attempts("/endpoint/c/attempt")).toEqual([]);
    const path = `/app/app/msg/${messageId}/endpoint/none/attempt`;
    expect((await gateway.call("GET", path)).status).toBe(404);
  });
});
