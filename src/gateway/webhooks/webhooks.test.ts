import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const HOOK = "https://a.example/hooks";
const DEFAULT_WAITS = [5_000, 30_000, 180_000, 1_080_000, 3_600_000];

let gateway: TestGateway;
let appId: string;
let key: string;
let organizationKey: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  appId = (await gateway.svix.application.create({ name: "Mine", uid: "mine" })).id;
  for (const name of ["playground-created", "invoice.paid"]) {
    await gateway.svix.eventType.create({ name, description: "" });
  }
  key = await newKey({ appId });
  organizationKey = await newKey({});
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function newKey(body: object): Promise<string> {
  return (await gateway.call("POST", "/api-key", { name: "Key", ...body })).body.key;
}

function call(method: string, path = "", body?: object, as = key) {
  return gateway.call(method, `/v1/webhooks${path}`, body, as);
}

async function create(body: object = {}) {
  const made = await call("POST", "", { url: HOOK, ...body });
  expect(made.status).toBe(201);
  return made.body;
}

async function fieldsOf(answer: ReturnType<typeof call>): Promise<readonly string[]> {
  const { status, body } = await answer;
  expect(status).toBe(422);
  return body.detail.map(({ loc }: { loc: string[] }) => loc.join("."));
}

describe("a webhook", () => {
  it("is an endpoint of the key's application, in a format of its own", async () => {
    const events = ["playground-created"];
    const { id } = await create({ events, name: "CI", description: "Ours" });
    const endpoint = await gateway.svix.endpoint.get("mine", id);
    expect(endpoint).toMatchObject({ url: HOOK, description: "Ours", eventTypes: events });
    const format = await gateway.call("GET", `/app/mine/endpoint/${id}/request-format`);
    expect(format.body).toMatchObject({
      body: "event-data",
      hexSignature: { header: "x-runa-signature" },
    });
    const schedule = await gateway.call("GET", `/app/mine/endpoint/${id}/retry-schedule`);
    expect(schedule.body.retrySchedule).toHaveLength(5);
  });

  it("is refused with fields that there are not: one that is misspelled must not go unnoticed", async () => {
    const retry = { attempts: 2, shedule: [] };
    expect(await fieldsOf(call("POST", "", { url: HOOK, evnts: [], Name: "A", retry }))).toEqual([
      "body.retry.shedule",
      "body.evnts",
      "body.Name",
    ]);
    const { id } = await create();
    expect(await fieldsOf(call("PATCH", `/${id}`, { evnts: [] }))).toEqual(["body.evnts"]);
  });

  it("shows its secret once: its own, or one that was made for it", async () => {
    const own = await create({ secret: "12345678" });
    expect(own.secret).toBe("12345678");
    const made = await create({ name: "Made" });
    expect(made.secret).toMatch(/^[0-9a-f]{64}$/);
    const { secret, ...shown } = made;
    const got = await call("GET", `/${made.id}`);
    expect(got.body).toEqual(shown);
    const kept = await gateway.store.requestFormats.find(made.id);
    expect(kept.hexSignature?.secret).toBe(secret);
    expect(gateway.rows()).not.toContain(secret);
  });

  it("wants every event unless it names some", async () => {
    expect((await create()).events).toEqual(["*"]);
    expect((await create({ events: ["invoice.paid", "*"] })).events).toEqual(["*"]);
    const some = await create({ events: ["invoice.paid", "invoice.paid"] });
    expect(some.events).toEqual(["invoice.paid"]);
  });

  it("changes in what a patch names, and keeps the rest", async () => {
    const metadata = { plan: "pro" };
    const made = await create({ name: "One", secret: "the first secret", retry: { attempts: 2 } });
    await gateway.svix.endpoint.patch("mine", made.id, { metadata: { ...metadata, name: "One" } });
    const enabled = await call("PATCH", `/${made.id}`, { enabled: false });
    expect(enabled.body).toMatchObject({ name: "One", enabled: false, disabledReason: "owner" });
    expect(enabled.body).not.toHaveProperty("secret");
    const patch = { url: "https://b.example", events: ["*"], name: null, description: "New" };
    const changed = await call("PATCH", `/${made.id}`, { ...patch, enabled: true });
    const shown = { url: "https://b.example/", events: ["*"], name: null, description: "New" };
    expect(changed.body).toMatchObject({ ...shown, enabled: true });
    expect((await gateway.svix.endpoint.get("mine", made.id)).metadata).toEqual(metadata);
    expect((await call("GET", `/${made.id}`)).body).toEqual(changed.body);
  });

  it("gets another secret, given or made, which is shown once as well", async () => {
    const { id } = await create({ secret: "the first secret" });
    const given = await call("PATCH", `/${id}`, { secret: "the second secret" });
    expect(given.body.secret).toBe("the second secret");
    const made = await call("PATCH", `/${id}`, { secret: null });
    expect(made.body.secret).toMatch(/^[0-9a-f]{64}$/);
    const kept = await gateway.store.requestFormats.find(id);
    expect(kept.hexSignature).toEqual({ header: "x-runa-signature", secret: made.body.secret });
    expect((await call("GET", `/${id}`)).body).not.toHaveProperty("secret");
  });

  it("is deleted", async () => {
    const { id } = await create();
    expect((await call("DELETE", `/${id}`)).status).toBe(204);
    expect((await call("GET", `/${id}`)).status).toBe(404);
    expect((await call("DELETE", `/${id}`)).status).toBe(404);
  });

  it("names each field that is wrong, those that only the organization knows as well", async () => {
    const wrong = {
      url: "ftp://x",
      events: ["a b"],
      name: "",
      secret: "short",
      retry: { factor: 0 },
    };
    expect(await fieldsOf(call("POST", "", wrong))).toEqual([
      "body.url",
      "body.events.0",
      "body.name",
      "body.secret",
      "body.retry.factor",
    ]);
    await gateway.call("PATCH", "/organization/settings", { httpsOnly: true });
    const events = ["invoice.paid", "no.such", "nor.such"];
    const refused = fieldsOf(call("POST", "", { url: "http://x.example", events }));
    expect(await refused).toEqual(["body.url", "body.events.1", "body.events.2"]);
    await gateway.call("PATCH", "/organization/settings", { httpsOnly: false });
    expect(await fieldsOf(call("POST", "", { events: [] }))).toEqual(["body.url", "body.events"]);
    const { id } = await create();
    expect(await fieldsOf(call("PATCH", `/${id}`, { events: ["no.such"] }))).toEqual([
      "body.events.0",
    ]);
  });
});

describe("a webhook's retries", () => {
  it.each([
    [undefined, { attempts: 6, initialMs: 5_000, factor: 6, maxMs: 3_600_000 }, DEFAULT_WAITS],
    [{ attempts: 1 }, { attempts: 1 }, []],
    [{ schedule: ["1s", 2_000] }, { attempts: 3, schedule: ["1s", 2_000] }, [1_000, 2_000]],
    [{ attempts: 4, schedule: ["1m"] }, { attempts: 4 }, [60_000, 60_000, 60_000]],
    [{ attempts: 3, initialMs: 7, factor: 1.5 }, { factor: 1.5 }, [7, 11]],
    [{ initialMs: 4_000_000, attempts: 3 }, { maxMs: 4_000_000 }, [4_000_000, 4_000_000]],
    [{ schedule: [] }, { attempts: 1, schedule: [] }, []],
  ])("are shown as they were given, %j, with the waits", async (retry, shown, waitsMs) => {
    const made = await create(retry === undefined ? {} : { retry });
    expect(made.retry).toMatchObject({ ...shown, waitsMs });
    expect((await call("GET", `/${made.id}`)).body.retry).toEqual(made.retry);
    expect(await gateway.store.endpointSchedules.find(made.id)).toEqual(waitsMs);
  });

  it("are changed, and are the default's again", async () => {
    const { id } = await create();
    const changed = await call("PATCH", `/${id}`, { retry: { schedule: ["2h"] } });
    expect(changed.body.retry).toEqual({ attempts: 2, schedule: ["2h"], waitsMs: [7_200_000] });
    const back = await call("PATCH", `/${id}`, { retry: null });
    expect(back.body.retry).toMatchObject({ attempts: 6, waitsMs: DEFAULT_WAITS });
    expect((await call("GET", `/${id}`)).body.retry).toEqual(back.body.retry);
  });

  it("are as they hold, where they were set elsewhere since", async () => {
    const { id } = await create({ retry: { attempts: 2 } });
    const path = `/app/mine/endpoint/${id}/retry-schedule`;
    await gateway.call("PUT", path, { retrySchedule: [{ secs: 9, nanos: 0 }] });
    const set = await call("GET", `/${id}`);
    expect(set.body.retry).toEqual({ attempts: 2, schedule: [9_000], waitsMs: [9_000] });
    await gateway.call("PUT", path, { retrySchedule: null });
    expect((await call("GET", `/${id}`)).body.retry).toBeNull();
    const metadata = { "webhook-retry": "{" };
    await gateway.svix.endpoint.patch("mine", id, { metadata });
    expect((await call("GET", `/${id}`)).status).toBe(200);
  });

  it.each([
    [{ attempts: 0 }, "attempts"],
    [{ attempts: 52 }, "attempts"],
    [{ schedule: ["soon"] }, "schedule.0"],
    [{ schedule: [-1] }, "schedule.0"],
    [{ schedule: ["31d"] }, "schedule.0"],
    [{ schedule: [true] }, "schedule.0"],
    [{ schedule: Array.from({ length: 51 }, () => 1) }, "schedule"],
    [{ attempts: 2, schedule: [1, 2] }, "schedule"],
    [{ attempts: 2, schedule: [] }, "schedule"],
    [{ schedule: [1], initialMs: 1 }, "initialMs"],
    [{ factor: 0.5 }, "factor"],
    [{ initialMs: 10, maxMs: 9 }, "maxMs"],
    [{ maxMs: 2_592_000_001 }, "maxMs"],
  ])("are not %j", async (retry, field) => {
    const before = gateway.rows();
    const refused = await fieldsOf(call("POST", "", { url: HOOK, retry }));
    expect(refused).toEqual([`body.retry.${field}`]);
    expect(gateway.rows()).toBe(before);
  });
});

describe("the list of webhooks", () => {
  it("has those endpoints that get event and data, page by page, both ways", async () => {
    const { id: app } = await gateway.svix.application.create({ name: "Listed" });
    const own = await newKey({ appId: app });
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) {
      await gateway.svix.endpoint.create(app, { url: HOOK });
      ids.unshift((await call("POST", "", { url: HOOK }, own)).body.id);
    }
    const list = async (query: string) => (await call("GET", query, undefined, own)).body;
    const idsOf = (page: { data: { id: string }[] }) => page.data.map(({ id }) => id);
    expect(idsOf(await list(""))).toEqual(ids);
    const first = await list("?limit=2");
    expect([idsOf(first), first.done]).toEqual([ids.slice(0, 2), false]);
    const second = await list(`?limit=2&iterator=${first.iterator}`);
    expect([idsOf(second), second.done]).toEqual([ids.slice(2, 4), false]);
    const third = await list(`?limit=2&iterator=${second.iterator}`);
    expect([idsOf(third), third.done]).toEqual([ids.slice(4), true]);
    const back = await list(`?limit=2&iterator=${third.prevIterator}`);
    expect([idsOf(back), back.done]).toEqual([ids.slice(2, 4), false]);
    expect(idsOf(await list("?order=ascending"))).toEqual(ids.toReversed());
  });

  it("reads on past endpoints that are none", async () => {
    const { id: app } = await gateway.svix.application.create({ name: "Crowded" });
    const own = await newKey({ appId: app });
    const { id } = (await call("POST", "", { url: HOOK }, own)).body;
    for (let n = 0; n < 60; n++) await gateway.svix.endpoint.create(app, { url: HOOK });
    const { body } = await call("GET", "?limit=1", undefined, own);
    expect([body.data.length, body.data[0].id, body.done]).toEqual([1, id, true]);
  });

  it("leaves other endpoints to the other API", async () => {
    const { id } = await gateway.svix.endpoint.create("mine", { url: HOOK });
    for (const [method, body] of [["GET"], ["PATCH", {}], ["DELETE"]] as const) {
      expect((await call(method, `/${id}`, body)).status).toBe(404);
    }
    const format = `/app/mine/endpoint/${id}/request-format`;
    await gateway.call("PUT", format, { body: "event-data" });
    expect((await call("GET", `/${id}`)).body).toMatchObject({ id, signatureHeader: null });
    const signed = await call("PATCH", `/${id}`, { secret: "12345678" });
    expect(signed.body).toMatchObject({ signatureHeader: "x-runa-signature", secret: "12345678" });
  });
});

describe("a key of the organization", () => {
  it("says which application, by id or uid", async () => {
    const without = await call("POST", "", { url: HOOK }, organizationKey);
    expect(without).toMatchObject({ status: 400, body: { code: "application_required" } });
    expect((await call("GET", "", undefined, organizationKey)).status).toBe(400);
    for (const name of ["mine", appId]) {
      const listed = await call("GET", `?application=${name}`, undefined, organizationKey);
      expect(listed.status).toBe(200);
    }
    expect((await call("GET", "?application=none", undefined, organizationKey)).status).toBe(404);
  });

  it("is not needed: a key of an application may name its own, and no other", async () => {
    await gateway.svix.application.create({ name: "Other", uid: "other" });
    expect((await call("GET", "?application=mine")).status).toBe(200);
    expect((await call("GET", "?application=other")).status).toBe(404);
  });
});

it("a test key has webhooks of its own", async () => {
  const test = await newKey({ appId, mode: "test" });
  const made = await call("POST", "", { url: HOOK }, test);
  expect(made.status).toBe(201);
  expect((await call("GET", `/${made.body.id}`)).status).toBe(404);
  const { data } = (await call("GET", "", undefined, test)).body;
  expect(data.map(({ id }: { id: string }) => id)).toEqual([made.body.id]);
});

it("the same call with the same Idempotency-Key makes one webhook, and shows its secret again", async () => {
  const make = async () => {
    const answer = await fetch(`${gateway.url}/v1/webhooks`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "idempotency-key": "once" },
      body: JSON.stringify({ url: HOOK }),
    });
    return answer.json();
  };
  expect(await make()).toEqual(await make());
});
