import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  applicationToken,
  organizationToken,
  startTestGateway,
  type TestGateway,
} from "../testing/test-gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const created = async (name: string, body: object = {}) =>
  (await gateway.call("POST", "/event-type", { name, description: "", ...body })).body;
const patched = async (name: string, body: object) =>
  (await gateway.call("PATCH", `/event-type/${name}`, body)).body;

describe("an event type's size", () => {
  const BYTES_MAX = 256 * 1_024;
  const schemasOf = (bytes: number) => {
    const shell = JSON.stringify({ "1": { description: "" } }).length;
    return { "1": { description: "x".repeat(bytes - shell) } };
  };

  it.each([
    ["description", "x".repeat(10_000), "x".repeat(10_001), "10000 characters"],
    ["schemas", schemasOf(BYTES_MAX), schemasOf(BYTES_MAX + 1), "262144 bytes"],
  ])("has a limit: its %s", async (field, fitting, tooLarge, text) => {
    const name = `size.${field}`;
    const calls = [
      ["POST", "/event-type", { name, description: "" }],
      ["PUT", `/event-type/${name}`, { description: "" }],
      ["PATCH", `/event-type/${name}`, {}],
      ["POST", "/environment/import", { eventTypes: [{ name, description: "" }] }],
    ] as const;
    for (const [method, path, body] of calls) {
      const withField = (value: unknown) =>
        "eventTypes" in body
          ? { eventTypes: [{ ...body.eventTypes[0], [field]: value }] }
          : { ...body, [field]: value };
      const refused = await gateway.call(method, path, withField(tooLarge));
      expect([path, refused.status]).toEqual([path, 422]);
      expect(refused.body.detail[0].loc.at(-1)).toBe(field);
      expect(refused.body.detail[0].msg).toContain(text);
      const { status } = await gateway.call(method, path, withField(fitting));
      expect([path, [200, 201, 204].includes(status)]).toEqual([path, true]);
    }
    const schema = { type: "string", description: "x".repeat(BYTES_MAX) };
    const content = { "application/json": { schema } };
    const description = field === "description" ? tooLarge : "";
    const requestBody = field === "schemas" ? { content } : undefined;
    const spec = { webhooks: { [name]: { post: { description, requestBody } } } };
    const imported = await gateway.call("POST", "/event-type/import/openapi", { spec });
    expect([imported.status, imported.body.detail[0].loc]).toEqual([
      422,
      ["body", "spec", "webhooks", name, field],
    ]);
  });
});

describe("an event type's feature flags", () => {
  it("are a list, whose first is also the older featureFlag", async () => {
    const flags = { featureFlag: "a", featureFlags: ["a", "b"] };
    expect(await created("flags.list", { featureFlags: ["a", "b", "a"] })).toMatchObject(flags);
    const found = await gateway.call("GET", "/event-type/flags.list");
    expect(found.body).toMatchObject(flags);
  });

  it("can be given as the one of old", async () => {
    const flags = { featureFlag: "a", featureFlags: ["a"] };
    expect(await created("flags.old", { featureFlag: "a" })).toMatchObject(flags);
    const both = await created("flags.both", { featureFlag: "a", featureFlags: ["b"] });
    expect(both).toMatchObject({ featureFlag: "b", featureFlags: ["b"] });
  });

  it.each([
    [{ featureFlag: null }, null],
    [{ featureFlags: null }, null],
    [{ featureFlags: [] }, null],
    [{ featureFlag: "c" }, ["c"]],
    [{ featureFlags: ["c", "d"] }, ["c", "d"]],
    [{ description: "changed" }, ["a", "b"]],
  ])("%j as a patch makes them %j", async (patch, featureFlags) => {
    const name = `flags.patch.${JSON.stringify(patch).replaceAll(/\W/g, "")}`;
    await created(name, { featureFlags: ["a", "b"] });
    const expected = { featureFlag: featureFlags?.[0] ?? null, featureFlags };
    expect(await patched(name, patch)).toMatchObject(expected);
  });

  it("are gone after a PUT without", async () => {
    await created("flags.put", { featureFlags: ["a", "b"] });
    const put = await gateway.call("PUT", "/event-type/flags.put", { description: "" });
    expect(put.body).toMatchObject({ featureFlag: null, featureFlags: null });
  });

  it("hide it from the tokens of applications that have none of them", async () => {
    await created("hidden.open");
    await created("hidden.flag", { featureFlags: ["beta", "gamma"] });
    const { id } = await gateway.svix.application.create({ name: "Flags" });
    const seen = async (flags: readonly string[]) => {
      const token = await applicationToken(id, { feature_flags: flags });
      const one = await gateway.call("GET", "/event-type/hidden.flag", undefined, token);
      const { body } = await gateway.call("GET", "/event-type?limit=250", undefined, token);
      const names = body.data.map(({ name }: { name: string }) => name);
      return [one.status, names.filter((name: string) => name.startsWith("hidden."))];
    };
    expect(await seen([])).toEqual([404, ["hidden.open"]]);
    expect(await seen(["alpha"])).toEqual([404, ["hidden.open"]]);
    expect(await seen(["alpha", "gamma"])).toEqual([200, ["hidden.flag", "hidden.open"]]);
    expect((await gateway.call("GET", "/event-type/hidden.flag")).status).toBe(200);
  });

  it("are at most 25 names", async () => {
    const featureFlags = Array.from({ length: 25 }, (_, index) => `flag-${index}`);
    expect((await created("flags.many", { featureFlags })).featureFlags).toEqual(featureFlags);
    const body = { name: "flags.more", description: "", featureFlags: [...featureFlags, "one"] };
    const refused = await gateway.call("POST", "/event-type", body);
    expect([refused.status, refused.body.detail[0].loc]).toEqual([422, ["body", "featureFlags"]]);
    const spaced = await gateway.call("PATCH", "/event-type/flags.many", { featureFlags: ["a b"] });
    expect([spaced.status, spaced.body.detail[0].loc]).toEqual([
      422,
      ["body", "featureFlags", "0"],
    ]);
  });
});

describe("event types", () => {
  it("are all listed, page by page and back, even where a name begins with a -", async () => {
    const token = await organizationToken("org_2EEEEEEEEEEEEEEEEEEEEEEEEEE");
    const names = ["-", "--a", "-b", ".c", "d"];
    for (const name of names) {
      await gateway.call("POST", "/event-type", { name, description: "" }, token);
    }
    const page = async (iterator?: string) => {
      const query = iterator === undefined ? "" : `&iterator=${encodeURIComponent(iterator)}`;
      return (await gateway.call("GET", `/event-type?limit=2${query}`, undefined, token)).body;
    };
    const pages = [await page()];
    while (!pages.at(-1).done) pages.push(await page(pages.at(-1).iterator));
    const namesOf = ({ data }: { data: { name: string }[] }) => data.map(({ name }) => name);
    expect(pages.map(namesOf)).toEqual([names.slice(0, 2), names.slice(2, 4), names.slice(4)]);
    expect(namesOf(await page(pages[2].prevIterator))).toEqual(names.slice(2, 4));
    expect(namesOf(await page(pages[1].prevIterator))).toEqual(names.slice(0, 2));
  });
});

describe("an event type's retry schedule", () => {
  const path = (name: string) => `/event-type/${name}/retry-schedule`;
  const waits = [
    { secs: 5, nanos: 0 },
    { secs: 0, nanos: 250_000_000 },
  ];

  it("is the installation's until it is set, and again when it is null or missing", async () => {
    await created("retry.unset");
    const unset = await gateway.call("GET", path("retry.unset"));
    expect([unset.status, unset.body]).toEqual([200, { retrySchedule: null }]);
    for (const nothing of [{ retrySchedule: null }, {}]) {
      await gateway.call("PUT", path("retry.unset"), { retrySchedule: waits });
      const put = await gateway.call("PUT", path("retry.unset"), nothing);
      expect([put.status, put.body]).toEqual([200, { retrySchedule: null }]);
    }
  });

  it("is kept to the millisecond; an empty one retries nothing", async () => {
    await created("retry.set");
    const set = await gateway.call("PUT", path("retry.set"), { retrySchedule: waits });
    expect([set.status, set.body]).toEqual([200, { retrySchedule: waits }]);
    expect((await gateway.call("GET", path("retry.set"))).body).toEqual({ retrySchedule: waits });
    const odd = { retrySchedule: [{ secs: 1, nanos: 999_999_999 }] };
    const rounded = await gateway.call("PUT", path("retry.set"), odd);
    expect(rounded.body).toEqual({ retrySchedule: [{ secs: 2, nanos: 0 }] });
    const empty = await gateway.call("PUT", path("retry.set"), { retrySchedule: [] });
    expect(empty.body).toEqual({ retrySchedule: [] });
    expect((await gateway.call("GET", path("retry.set"))).body).toEqual({ retrySchedule: [] });
  });

  it("outlives changes, and the archive", async () => {
    await created("retry.kept");
    await gateway.call("PUT", path("retry.kept"), { retrySchedule: waits });
    await gateway.call("PUT", "/event-type/retry.kept", { description: "replaced" });
    await patched("retry.kept", { description: "patched" });
    await gateway.call("DELETE", "/event-type/retry.kept");
    await created("retry.kept");
    expect((await gateway.call("GET", path("retry.kept"))).body).toEqual({ retrySchedule: waits });
    await gateway.call("DELETE", "/event-type/retry.kept?expunge=true");
    await created("retry.kept");
    expect((await gateway.call("GET", path("retry.kept"))).body).toEqual({ retrySchedule: null });
  });

  it.each([
    ["no list", "5s", ["retrySchedule"]],
    ["a text", ["5s"], ["retrySchedule", "0"]],
    ["no nanos", [{ secs: 5 }], ["retrySchedule", "0", "nanos"]],
    ["a negative wait", [{ secs: -1, nanos: 0 }], ["retrySchedule", "0", "secs"]],
    ["half a second", [{ secs: 0.5, nanos: 0 }], ["retrySchedule", "0", "secs"]],
    ["a second of nanos", [{ secs: 1, nanos: 1_000_000_000 }], ["retrySchedule", "0", "nanos"]],
    ["over 30 days", [{ secs: 2_592_000, nanos: 1_000_000 }], ["retrySchedule", "0"]],
    ["51 waits", Array.from({ length: 51 }, () => waits[0]), ["retrySchedule"]],
  ])("is not %s", async (_what, retrySchedule, loc) => {
    await created("retry.wrong");
    const refused = await gateway.call("PUT", path("retry.wrong"), { retrySchedule });
    expect([refused.status, refused.body.detail[0].loc]).toEqual([422, ["body", ...loc]]);
    expect((await gateway.call("GET", path("retry.wrong"))).body).toEqual({ retrySchedule: null });
  });

  it("may have 50 waits of 30 days", async () => {
    await created("retry.long");
    const retrySchedule = Array.from({ length: 50 }, () => ({ secs: 2_592_000, nanos: 0 }));
    const set = await gateway.call("PUT", path("retry.long"), { retrySchedule });
    expect([set.status, set.body]).toEqual([200, { retrySchedule }]);
  });

  it("is of an event type that is there", async () => {
    for (const answer of [
      await gateway.call("GET", path("retry.nowhere")),
      await gateway.call("PUT", path("retry.nowhere"), { retrySchedule: [] }),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
    }
  });
});
