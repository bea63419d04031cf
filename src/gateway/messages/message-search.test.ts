import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordAttempt } from "../testing/test-attempts.ts";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

let gateway: TestGateway;
let token: string;
const ids: string[] = [];
beforeAll(async () => {
  gateway = await startTestGateway();
  const { application, endpoint, message } = gateway.svix;
  token = await applicationToken((await application.create({ name: "App", uid: "app" })).id);
  await application.create({ name: "Other", uid: "other" });
  await endpoint.create("app", { url: "https://a.example", uid: "ep" });
  for (const more of [
    { eventType: "a", tags: ["red", "blue"] },
    { eventType: "b", channels: ["one"] },
    { eventType: "a", tags: ["blue"], channels: ["one", "two"] },
  ]) {
    ids.push((await message.create("app", { payload: { n: ids.length }, ...more })).id);
  }
  await message.create("other", { eventType: "a", payload: {}, tags: ["red"] });
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** Which of the messages, by their number. */
function numbers(data: readonly { readonly id: string }[]): readonly number[] {
  return data.map(({ id }) => ids.indexOf(id));
}

async function search(body: unknown, asToken = token) {
  return gateway.call("POST", "/app/app/msg/search", body, asToken);
}

describe("a search for messages", () => {
  it.each([
    [{}, [2, 1, 0]],
    [{ tag: "blue" }, [2, 0]],
    [{ tag: "red" }, [0]],
    [{ tag: "none" }, []],
    [{ channel: "one" }, [2, 1]],
    [{ event_types: ["a"] }, [2, 0]],
    [{ event_types: ["a", "b"], limit: 2 }, [2, 1]],
    [{ event_types: [] }, [2, 1, 0]],
    [{ tag: "blue", channel: "one", event_types: ["a"] }, [2]],
    [{ before: "2020-01-01T00:00:00Z" }, []],
    [{ after: "2020-01-01T00:00:00Z" }, [2, 1, 0]],
    [
      { tag: null, channel: null, event_types: null, before: null, after: null, limit: null },
      [2, 1, 0],
    ],
  ])("by %j finds %j", async (body, found) => {
    const answer = await search(body);
    expect([answer.status, numbers(answer.body.data)]).toEqual([200, found]);
  });

  it("goes on where a page ended, and back", async () => {
    const first = (await search({ limit: 1 })).body;
    expect([numbers(first.data), first.done]).toEqual([[2], false]);
    const rest = (await search({ iterator: first.iterator })).body;
    expect([numbers(rest.data), rest.done]).toEqual([[1, 0], true]);
    const back = (await search({ iterator: rest.prevIterator })).body;
    expect(numbers(back.data)).toEqual([2]);
  });

  it("leaves payloads out unless they are asked for", async () => {
    expect((await search({ limit: 1 })).body.data[0].payload).toEqual({});
    const withContent = await search({ limit: 1, with_content: true });
    expect(withContent.body.data[0].payload).toEqual({ n: 2 });
  });

  it.each([
    [{ limit: 0 }, "limit"],
    [{ limit: 251 }, "limit"],
    [{ limit: "5" }, "limit"],
    [{ iterator: "ep_3MRUdJPmCw2OTzb3ZLVzwN4kDkM" }, "iterator"],
    [{ tag: "a b" }, "tag"],
    [{ channel: "a b" }, "channel"],
    [{ event_types: "a" }, "event_types"],
    [{ before: "yesterday" }, "before"],
    [{ with_content: "true" }, "with_content"],
  ])("is refused for %j", async (body, field) => {
    const answer = await search(body);
    expect([answer.status, answer.body.detail[0].loc]).toEqual([422, ["body", field]]);
  });

  it("of another application finds nothing, not even that", async () => {
    expect((await gateway.call("POST", "/app/other/msg/search", {}, token)).status).toBe(404);
    expect((await gateway.call("POST", "/app/none/msg/search", {})).status).toBe(404);
  });
});

describe("the list of messages", () => {
  it("can be asked for a tag, as the stock client does", async () => {
    const { message } = gateway.svix;
    expect(numbers((await message.list("app", { tag: "blue" })).data)).toEqual([2, 0]);
    const asked = { tag: "blue", eventTypes: ["a"], channel: "two" };
    expect(numbers((await message.list("app", asked)).data)).toEqual([2]);
  });

  it("says how each fares at its endpoints, if that is asked", async () => {
    const endpointId = (await gateway.svix.endpoint.get("app", "ep")).id;
    const applicationId = (await gateway.svix.application.get("app")).id;
    const [messageId = ""] = ids;
    await recordAttempt(gateway, { applicationId, endpointId, messageId, state: "pending" });
    const none = { success: 0, pending: 0, fail: 0, sending: 0, canceled: 0 };
    const one = { ...none, pending: 1 };
    const expected = [{ ...none, sending: 1 }, one, one].toReversed();
    const list = "/app/app/msg?with_content=false";
    const listed = (await gateway.call("GET", `${list}&with_deliveries=true`, undefined, token))
      .body;
    const found = (await search({ with_deliveries: true })).body;
    for (const { data } of [listed, found]) {
      expect(data.map(({ deliveries }: { deliveries: unknown }) => deliveries)).toEqual(expected);
    }
    const [silent] = (await gateway.call("GET", list)).body.data;
    expect(silent).not.toHaveProperty("deliveries");
    const nobodys = await gateway.svix.message.create("other", { eventType: "b", payload: {} });
    const { body } = await gateway.call("GET", "/app/other/msg?with_deliveries=true");
    expect(body.data[0]).toMatchObject({ id: nobodys.id, deliveries: none });
  });

  it("of an endpoint can be asked for a tag, too", async () => {
    const { messageAttempt } = gateway.svix;
    const listed = await messageAttempt.listAttemptedMessages("app", "ep", { tag: "red" });
    expect(numbers(listed.data)).toEqual([0]);
  });

  it("is refused a tag that is none", async () => {
    const answer = await gateway.call("GET", "/app/app/msg?tag=a%20b");
    expect([answer.status, answer.body.detail[0].loc]).toEqual([422, ["query", "tag"]]);
  });
});
