import { MessageStatus } from "svix";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../store/new-id.ts";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

let gateway: TestGateway;
let endpointId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { svix } = gateway;
  await svix.application.create({ name: "App", uid: "app" });
  const parcels = ["parcel.sent"];
  await svix.eventType.create({ name: "parcel.sent", description: "" });
  endpointId = (await svix.endpoint.create("app", { url: "https://a.example", uid: "a" })).id;
  await svix.endpoint.create("app", { url: "https://b.example", uid: "b", eventTypes: parcels });
  await attempt(await send("e-0", "letter.sent", ["north"]), "succeeded");
  await attempt(await send("e-1", "parcel.sent", ["north"]), "pending");
  await attempt(await send("e-2", "letter.sent"), "exhausted");
  await send("e-3", "letter.sent");
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function send(eventId: string, eventType: string, channels?: string[]): Promise<string> {
  const message = { eventId, eventType, payload: { eventId }, ...(channels && { channels }) };
  const { id } = await gateway.svix.message.create("app", message);
  await new Promise((resolve) => setTimeout(resolve, 6));
  return id;
}

async function attempt(messageId: string, state: "succeeded" | "pending" | "exhausted") {
  const nowMs = Date.now();
  const succeeded = state === "succeeded";
  const attempt = {
    id: newId("atmpt", nowMs),
    messageId,
    endpointId,
    applicationId: "app_any",
    number: 1,
    trigger: "scheduled",
    url: "https://a.example/",
    succeeded,
    statusCode: succeeded ? 200 : 500,
    reason: null,
    response: "",
    durationMs: 1,
    endedAtMs: nowMs,
  } as const;
  const nextAttemptAtMs = state === "pending" ? nowMs + 60_000 : null;
  await gateway.store.record({
    attempt,
    headers: { sent: {}, received: [] },
    eventType: "any",
    labels: [],
    state,
    nextAttemptAtMs,
  });
}

async function asked(query: string, endpoint = "a"): Promise<readonly string[]> {
  const answer = await gateway.call("GET", `/app/app/endpoint/${endpoint}/msg?${query}`);
  expect(answer.status).toBe(200);
  return answer.body.data.map((one: { readonly eventId: string }) => one.eventId);
}

describe("the list of an endpoint's messages", () => {
  it("says how each fares there, the newest first", async () => {
    const { messageAttempt } = gateway.svix;
    const list = await messageAttempt.listAttemptedMessages("app", "a", { withContent: true });
    const shown = list.data.map(({ eventId, status, statusText, nextAttempt }) => [
      eventId,
      status,
      statusText,
      Boolean(nextAttempt),
    ]);
    expect(shown).toEqual([
      ["e-3", MessageStatus.Pending, "pending", true],
      ["e-2", MessageStatus.Fail, "fail", false],
      ["e-1", MessageStatus.Sending, "sending", true],
      ["e-0", MessageStatus.Success, "success", false],
    ]);
    expect(list.data[3]).toMatchObject({ channels: ["north"], payload: { eventId: "e-0" } });
    expect(list).toMatchObject({ done: true, iterator: list.data[3]?.id });
    const byId = await messageAttempt.listAttemptedMessages("app", endpointId);
    expect(byId.data.map(({ payload }) => payload)).toEqual([{}, {}, {}, {}]);
  });

  it("has only what the endpoint was to get", async () => {
    expect(await asked("", "b")).toEqual(["e-1"]);
  });

  it("is walked by its iterators", async () => {
    const { messageAttempt } = gateway.svix;
    const first = await messageAttempt.listAttemptedMessages("app", "a", { limit: 3 });
    expect(first.done).toBe(false);
    const { iterator } = first;
    const second = await messageAttempt.listAttemptedMessages("app", "a", { limit: 3, iterator });
    expect(second).toMatchObject({ done: true, data: [{ eventId: "e-0" }] });
    const back = { limit: 3, iterator: second.prevIterator ?? null };
    expect((await messageAttempt.listAttemptedMessages("app", "a", back)).data).toEqual(first.data);
  });

  it.each([
    ["status=0", ["e-0"]],
    ["status=1", ["e-3"]],
    ["status=2", ["e-2"]],
    ["status=3", ["e-1"]],
    ["status=4", []],
    ["channel=north", ["e-1", "e-0"]],
    ["channel=north&status=0", ["e-0"]],
    ["event_types=parcel.sent,x", ["e-1"]],
    ["before=2020-01-01T00:00:00Z", []],
    ["after=2020-01-01T00:00:00Z&limit=1", ["e-0"]],
    ["expanded_statuses=true", ["e-3", "e-2", "e-1", "e-0"]],
    ["tag=x", []],
  ])("is filtered by %s", async (query, expected) => {
    expect(await asked(query)).toEqual(expected);
  });
});
