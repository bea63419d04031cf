import { Ordering } from "svix";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../store/new-id.ts";
import { startTestGateway, type TestGateway } from "./testing/test-gateway.ts";

const DAY_MS = 86_400_000;

let gateway: TestGateway;
const applications: string[] = [];
beforeAll(async () => {
  gateway = await startTestGateway();
  for (let i = 0; i < 5; i++) {
    applications.push((await gateway.svix.application.create({ name: `${i}` })).id);
    await new Promise((resolve) => setTimeout(resolve, 6));
  }
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe("a list", () => {
  it("is walked forwards to its end by its iterators", async () => {
    const seen: string[] = [];
    let iterator: string | null = null;
    for (let pages = 1; ; pages++) {
      const page = await gateway.svix.application.list({ limit: 2, iterator });
      seen.push(...page.data.map(({ id }) => id));
      iterator = page.iterator;
      expect(page.done).toBe(pages === 3);
      if (page.done) break;
    }
    expect(seen).toEqual(applications);
  });

  it("is walked backwards, and each page is still in the list's order", async () => {
    const last = await gateway.svix.application.list({ limit: 2, order: Ordering.Descending });
    expect(last.data.map(({ id }) => id)).toEqual([applications[4], applications[3]]);
    const next = await gateway.svix.application.list({
      limit: 2,
      order: Ordering.Descending,
      iterator: last.iterator,
    });
    const back = await gateway.svix.application.list({
      limit: 2,
      order: Ordering.Descending,
      iterator: next.prevIterator ?? null,
    });
    expect(back.data).toEqual(last.data);
    expect(back.done).toBe(true);
  });

  it("takes applications ascending and endpoints descending unless told", async () => {
    const [app = ""] = applications;
    const first = await gateway.svix.endpoint.create(app, { url: "https://a.example" });
    await new Promise((resolve) => setTimeout(resolve, 6));
    const second = await gateway.svix.endpoint.create(app, { url: "https://b.example" });
    const ids = async (order?: Ordering) =>
      (await gateway.svix.endpoint.list(app, order === undefined ? {} : { order })).data.map(
        ({ id }) => id,
      );
    expect(await ids()).toEqual([second.id, first.id]);
    expect(await ids(Ordering.Ascending)).toEqual([first.id, second.id]);
  });

  it("pages event types by name", async () => {
    for (const name of ["c", "a", "b"]) {
      await gateway.svix.eventType.create({ name, description: "" });
    }
    const first = await gateway.svix.eventType.list({ limit: 2, order: Ordering.Descending });
    expect(first.data.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(first).toMatchObject({ iterator: "b", prevIterator: "-a", done: false });
    const second = await gateway.svix.eventType.list({ limit: 2, iterator: first.iterator });
    expect(second.data.map(({ name }) => name)).toEqual(["c"]);
  });
});

/** A message of `daysAgo` in its own application, put past the clock of the API. */
async function messageAt(daysAgo: number, app: string, more: object = {}): Promise<string> {
  const acceptedAtMs = Date.now() - daysAgo * DAY_MS;
  const id = newId("msg", acceptedAtMs);
  const result = await gateway.store.accept({
    id,
    organizationId: "org_23rb8YdGqMT0qIzpgGwdXfHirMu",
    application: app,
    applicationKind: "customer",
    eventType: "a.b",
    eventId: null,
    channels: null,
    tags: null,
    payload: Buffer.from('{"day":1}'),
    contentType: null,
    deliverAtMs: null,
    payloadExpiresAtMs: null,
    recipients: "subscribed",
    idempotencyKey: null,
    acceptedAtMs,
    lease: null,
    ...more,
  });
  expect(result.kind).toBe("accepted");
  return id;
}

describe("the list of messages", () => {
  const ids: string[] = [];
  let app: string;
  beforeAll(async () => {
    app = (await gateway.svix.application.create({ name: "Messages" })).id;
    for (const daysAgo of [200, 105, 10, 5, 1]) ids.push(await messageAt(daysAgo, app));
    ids.push(await messageAt(0.5, app, { eventType: "c.d", channels: ["one", "two"] }));
  });

  const asked = async (query: string): Promise<number[]> => {
    const answer = await gateway.call("GET", `/app/${app}/msg?${query}`);
    expect(answer.status).toBe(200);
    return answer.body.data.map(({ id }: { readonly id: string }) => ids.indexOf(id));
  };
  const time = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY_MS).toISOString();

  it("is the newest first, of the last 90 days", async () => {
    expect(await asked("")).toEqual([5, 4, 3, 2]);
  });

  it("reaches back as far as it is asked", async () => {
    expect(await asked(`before=${time(50)}`)).toEqual([1]);
    expect(await asked(`before=${time(3)}&after=${time(365)}`)).toEqual([3, 2, 1, 0]);
    expect(await asked(`iterator=${ids[2]}`)).toEqual([]);
    expect(await asked(`iterator=${ids[2]}&after=${time(365)}`)).toEqual([1, 0]);
    expect(await asked(`before=9999-01-01T00:00:00Z`)).toEqual([5, 4, 3, 2]);
  });

  it("begins right after a time that is given alone", async () => {
    expect(await asked(`after=${time(150)}&limit=2`)).toEqual([2, 1]);
    const answer = await gateway.call("GET", `/app/${app}/msg?after=${time(150)}&limit=2`);
    expect(answer.body).toMatchObject({ done: false, prevIterator: `-${ids[2]}` });
    expect(await asked(`after=${time(150)}&limit=2&iterator=-${ids[2]}`)).toEqual([4, 3]);
  });

  it("goes on from there towards now, for whoever follows its iterator until it is done", async () => {
    const { message } = gateway.svix;
    const after = new Date(time(150));
    const pages: number[][] = [];
    for (let iterator: string | null = null, done = false; !done;) {
      const page = await message.list(app, { after, limit: 2, iterator });
      pages.push(page.data.map(({ id }) => ids.indexOf(id)));
      ({ iterator, done } = page);
    }
    expect(pages).toEqual([[2, 1], [4, 3], [5]]);
  });

  it.each(["event_types=c.d", "event_types=x,c.d", "event_types[]=x&event_types[]=c.d"])(
    "takes event types as %s",
    async (query) => {
      expect(await asked(query)).toEqual([5]);
    },
  );

  it("takes event types by index, and repeated", async () => {
    expect(await asked("event_types[0]=c.d")).toEqual([5]);
    expect(await asked("event_types=c.d&event_types=a.b")).toEqual([5, 4, 3, 2]);
    expect(await asked("event_types=")).toEqual([5, 4, 3, 2]);
  });

  it("is not confused by what every object inherits", async () => {
    expect(await asked("constructor[]=x&__proto__[]=x&__proto__=x&toString=x")).toEqual([
      5, 4, 3, 2,
    ]);
  });

  it("filters by channel, and ignores what other servers filter by", async () => {
    expect(await asked("channel=two")).toEqual([5]);
    expect(await asked("channel=none")).toEqual([]);
    expect(await asked("channel=two&expanded_statuses=true")).toEqual([5]);
  });
});

describe("the lists of attempts", () => {
  const attempts: string[] = [];
  let app: string;
  let message: string;
  let endpoint: string;
  let other: string;
  beforeAll(async () => {
    const { svix } = gateway;
    app = (await svix.application.create({ name: "Attempts" })).id;
    endpoint = (await svix.endpoint.create(app, { url: "https://a.example", uid: "a" })).id;
    other = (await svix.endpoint.create(app, { url: "https://b.example", uid: "b" })).id;
    await svix.endpoint.create(app, { url: "https://c.example", uid: "c" });
    message = await messageAt(0, app, { channels: ["one"], eventId: "evt" });
    attempts.push(await attempt({ endpointId: endpoint, statusCode: 500, state: "pending" }));
    attempts.push(
      await attempt({ endpointId: endpoint, number: 2, statusCode: 0, reason: "timeout" }),
    );
    attempts.push(await attempt({ endpointId: other, statusCode: 204, state: "succeeded" }));
  });

  type Given = {
    readonly endpointId: string;
    readonly number?: number;
    readonly statusCode: number;
    readonly reason?: "timeout";
    readonly state?: "pending" | "succeeded";
  };

  async function attempt(given: Given): Promise<string> {
    const { endpointId, number = 1, statusCode, reason = null, state = "pending" } = given;
    await new Promise((resolve) => setTimeout(resolve, 6));
    const nowMs = Date.now();
    const id = newId("atmpt", nowMs);
    const attempt = {
      id,
      messageId: message,
      endpointId,
      applicationId: app,
      number,
      trigger: number === 1 ? ("scheduled" as const) : ("manual" as const),
      url: "https://a.example/",
      succeeded: state === "succeeded",
      statusCode,
      reason,
      response: reason === null ? `answer ${statusCode}` : "No answer came within 15 s",
      durationMs: 12,
      endedAtMs: nowMs,
    };
    const nextAttemptAtMs = state === "pending" ? nowMs + 60_000 : null;
    await gateway.store.record({
      attempt,
      headers: { sent: {}, received: [] },
      eventType: "a.b",
      labels: ["channel:one"],
      state,
      nextAttemptAtMs,
    });
    return id;
  }

  const asked = async (path: string): Promise<number[]> => {
    const answer = await gateway.call("GET", `/app/${app}/attempt/${path}`);
    expect(answer.status).toBe(200);
    return answer.body.data.map(({ id }: { readonly id: string }) => attempts.indexOf(id));
  };

  it("show an attempt that was answered, and one that was not", async () => {
    const { svix } = gateway;
    const [failed, unanswered, succeeded] = attempts;
    expect(await svix.messageAttempt.get(app, "evt", failed ?? "")).toMatchObject({
      msgId: message,
      endpointId: endpoint,
      status: 2,
      statusText: "fail",
      triggerType: 0,
      responseStatusCode: 500,
      response: "answer 500",
      responseDurationMs: 12,
    });
    expect(await svix.messageAttempt.get(app, message, unanswered ?? "")).toMatchObject({
      status: 2,
      triggerType: 1,
      responseStatusCode: 0,
      response: "No answer came within 15 s",
    });
    expect(await svix.messageAttempt.get(app, message, succeeded ?? "")).toMatchObject({
      status: 0,
      statusText: "success",
      responseStatusCode: 204,
    });
  });

  it("are by endpoint and by message, the newest first", async () => {
    const { svix } = gateway;
    const byEndpoint = await svix.messageAttempt.listByEndpoint(app, "a");
    expect(byEndpoint.data.map(({ id }) => attempts.indexOf(id))).toEqual([1, 0]);
    const byMessage = await svix.messageAttempt.listByMsg(app, "evt");
    expect(byMessage.data.map(({ id }) => attempts.indexOf(id))).toEqual([2, 1, 0]);
    expect(byMessage.data[0]?.msg).toBeUndefined();
  });

  it.each([
    ["status=0", [2]],
    ["status=2", [1, 0]],
    ["status=1", []],
    ["status=3", []],
    ["status=4", []],
    ["status_code_class=0", [1]],
    ["status_code_class=200", [2]],
    ["status_code_class=500", [0]],
    ["endpoint_id=b", [2]],
    ["channel=one", [2, 1, 0]],
    ["channel=two", []],
    ["event_types=a.b", [2, 1, 0]],
    ["event_types=x", []],
    ["after=2020-01-01T00:00:00Z&limit=1", [0]],
    ["before=2020-01-01T00:00:00Z", []],
  ])("are filtered by %s", async (query, expected) => {
    expect(await asked(`msg/${message}?${query}`)).toEqual(expected);
  });

  it("know an endpoint also by its id", async () => {
    expect(await asked(`msg/${message}?endpoint_id=${endpoint}`)).toEqual([1, 0]);
  });

  it("show messages where they are asked for, and contents unless they are not", async () => {
    const { svix } = gateway;
    const withMessage = await svix.messageAttempt.listByEndpoint(app, "b", {
      withMsg: true,
      withContent: true,
    });
    expect(withMessage.data[0]?.msg).toMatchObject({ id: message, payload: { day: 1 } });
    const bare = await svix.messageAttempt.listByEndpoint(app, "b", {
      withMsg: true,
      withContent: false,
    });
    expect(bare.data[0]).toMatchObject({ response: "", msg: { id: message, payload: {} } });
  });

  it("name a message's endpoints, and how it fares there", async () => {
    const { data, done } = await gateway.svix.messageAttempt.listAttemptedDestinations(app, "evt");
    expect(done).toBe(true);
    const shown = data.map(({ uid, status, nextAttempt }) => [uid, status, Boolean(nextAttempt)]);
    expect(Object.fromEntries(shown.map(([uid, ...rest]) => [uid, rest]))).toEqual({
      a: [3, true],
      b: [0, false],
      c: [1, true],
    });
    const first = await gateway.svix.messageAttempt.listAttemptedDestinations(app, message, {
      limit: 2,
    });
    expect(first).toMatchObject({ done: false });
    const second = await gateway.svix.messageAttempt.listAttemptedDestinations(app, message, {
      limit: 2,
      iterator: first.iterator,
    });
    expect([...first.data, ...second.data]).toEqual(data);
  });

  it("show nothing any more of an answer that was deleted", async () => {
    const { messageAttempt } = gateway.svix;
    const [failed = "", unanswered = ""] = attempts;
    const before = await messageAttempt.get(app, message, failed);
    await messageAttempt.expungeContent(app, "evt", failed);
    await messageAttempt.expungeContent(app, message, unanswered);
    const after = await messageAttempt.get(app, message, failed);
    expect(after).toEqual({ ...before, response: "EXPUNGED" });
    const { data } = await messageAttempt.listByMsg(app, message, { withContent: true });
    expect(data.map(({ response }) => response)).toEqual(["answer 204", "EXPUNGED", "EXPUNGED"]);
  });

  it("lead to the workflow that carries a message", async () => {
    const path = `/app/${app}/msg/evt`;
    expect((await gateway.call("GET", path)).body.workflowId).toBeNull();
    await gateway.store.noteWorkflow([message], "deliver-1");
    expect((await gateway.call("GET", path)).body.workflowId).toBe("deliver-1");
  });
});
