import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./testing/test-gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { svix } = gateway;
  await svix.application.create({ name: "Here", uid: "here" });
  await svix.application.create({ name: "There", uid: "there" });
  await svix.endpoint.create("here", { url: "https://a.example", uid: "ep-a" });
  await svix.endpoint.create("here", { url: "https://b.example", uid: "ep-b" });
  await svix.eventType.create({ name: "gone", description: "" });
  await svix.eventType.delete("gone");
  await svix.eventType.create({ name: "live", description: "" });
  await svix.message.create("here", { eventType: "live", payload: {}, eventId: "evt-1" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const APP = "/app";
const EP = "/app/here/endpoint";
const MSG = "/app/here/msg";
const TYPE = "/event-type";
const URL_IN = "https://a.example";
const MESSAGE = { eventType: "a.b", payload: {} };

type Row = readonly [
  what: string,
  method: string,
  path: string,
  body: unknown,
  loc: readonly string[],
  text: string,
];

const characters = (count: number) => "x".repeat(count);
const patched = `${EP}/ep-a`;

const APPLICATIONS: readonly Row[] = [
  ["no name", "POST", APP, {}, ["name"], "Field required"],
  ["no body at all", "POST", APP, undefined, ["name"], "Field required"],
  ["a number for a name", "POST", APP, { name: 5 }, ["name"], "should be a string, not 5"],
  ["null for a name", "POST", APP, { name: null }, ["name"], "should be a string, not null"],
  ["an empty name", "POST", APP, { name: "" }, ["name"], "at least 1 characters"],
  ["a line break in a name", "POST", APP, { name: "a\nb" }, ["name"], "no control characters"],
  ["U+0000 in a name", "POST", APP, { name: "a\0b" }, ["name"], "without the character U+0000"],
  ["half a character", "POST", APP, { name: "a\ud800" }, ["name"], "unpaired surrogates"],
  ["a space in a uid", "POST", APP, { name: "a", uid: "a b" }, ["uid"], "consist of letters"],
  ["an empty uid", "POST", APP, { name: "a", uid: "" }, ["uid"], "consist of letters"],
  ["a long uid", "POST", APP, { name: "a", uid: characters(257) }, ["uid"], "at most 256"],
  ["a uid like an id", "POST", APP, { name: "a", uid: "app_1" }, ["uid"], "not begin with app_"],
  ["a rate of 0", "POST", APP, { name: "a", throttleRate: 0 }, ["throttleRate"], "at least 1"],
  ["a high rate", "POST", APP, { name: "a", throttleRate: 65_536 }, ["throttleRate"], "65535"],
  ["half a rate", "POST", APP, { name: "a", throttleRate: 1.5 }, ["throttleRate"], "whole number"],
  ["an old rate", "POST", APP, { name: "a", rateLimit: 0 }, ["rateLimit"], "at least 1"],
  [
    "a number in metadata",
    "POST",
    APP,
    { name: "a", metadata: { k: 1 } },
    ["metadata", "k"],
    "a string",
  ],
  [
    "U+0000 in metadata",
    "POST",
    APP,
    { name: "a", metadata: { k: "\0" } },
    ["metadata", "k"],
    "U+0000",
  ],
  [
    "large metadata",
    "POST",
    APP,
    { name: "a", metadata: { k: characters(4_096) } },
    ["metadata"],
    "4096 bytes",
  ],
  ["a list", "POST", APP, [], [], "should be a JSON object, not a list"],
  ["null", "POST", APP, null, [], "should be a JSON object, not null"],
  ["no name to replace with", "PUT", "/app/here", { uid: "x" }, ["name"], "Field required"],
  ["null as a patch's name", "PATCH", "/app/here", { name: null }, ["name"], "a string"],
];

const ENDPOINTS: readonly Row[] = [
  ["no url", "POST", EP, {}, ["url"], "Field required"],
  ["a path", "POST", EP, { url: "/hook" }, ["url"], "begins with https:// or http://"],
  ["another scheme", "POST", EP, { url: "ftp://a.example" }, ["url"], "https:// or http://"],
  ["no host", "POST", EP, { url: "https://" }, ["url"], "names a host"],
  ["a port that is none", "POST", EP, { url: "http://a:99999" }, ["url"], "https:// or http://"],
  ["a long url", "POST", EP, { url: `${URL_IN}/${characters(65_536)}` }, ["url"], "at most 65536"],
  [
    "no list of event types",
    "POST",
    EP,
    { url: URL_IN, eventTypes: "a" },
    ["eventTypes"],
    "a list",
  ],
  [
    "unknown event types",
    "POST",
    EP,
    { url: URL_IN, eventTypes: ["live", "x", "y"] },
    ["eventTypes"],
    "don't exist: x, y",
  ],
  [
    "an archived event type",
    "POST",
    EP,
    { url: URL_IN, eventTypes: ["gone"] },
    ["eventTypes"],
    "don't exist: gone",
  ],
  [
    "an old filter",
    "POST",
    EP,
    { url: URL_IN, filterTypes: ["x"] },
    ["filterTypes"],
    "don't exist: x",
  ],
  [
    "1,001 event types",
    "POST",
    EP,
    { url: URL_IN, eventTypes: Array(1_001).fill("live") },
    ["eventTypes"],
    "at most 1000 items",
  ],
  [
    "a wrong event type",
    "POST",
    EP,
    { url: URL_IN, eventTypes: ["live", "a b"] },
    ["eventTypes", "1"],
    "letters",
  ],
  ["no channels", "POST", EP, { url: URL_IN, channels: [] }, ["channels"], "at least 1 items"],
  [
    "11 channels",
    "POST",
    EP,
    { url: URL_IN, channels: "abcdefghijk".split("") },
    ["channels"],
    "at most 10 items",
  ],
  [
    "U+0000 in a channel",
    "POST",
    EP,
    { url: URL_IN, channels: ["\0"] },
    ["channels", "0"],
    "letters",
  ],
  [
    "U+0000 in a description",
    "POST",
    EP,
    { url: URL_IN, description: "\0" },
    ["description"],
    "U+0000",
  ],
  [
    "a word for a flag",
    "POST",
    EP,
    { url: URL_IN, disabled: "yes" },
    ["disabled"],
    "true or false, not a string",
  ],
  ["a uid like an id", "POST", EP, { url: URL_IN, uid: "ep_1" }, ["uid"], "not begin with ep_"],
  [
    "a short secret",
    "POST",
    EP,
    { url: URL_IN, secret: "whsec_c2hvcnQ=" },
    ["secret"],
    "24 to 75 bytes",
  ],
  [
    "a secret that is not base64",
    "POST",
    EP,
    { url: URL_IN, secret: "whsec_%%%" },
    ["secret"],
    "not base64",
  ],
  [
    "a forbidden header",
    "POST",
    EP,
    { url: URL_IN, headers: { "User-Agent": "x" } },
    ["headers", "User-Agent"],
    "not the endpoint's",
  ],
  ["no url to replace with", "PUT", patched, {}, ["url"], "Field required"],
  [
    "unknown event types",
    "PUT",
    patched,
    { url: URL_IN, eventTypes: ["x"] },
    ["eventTypes"],
    "don't exist: x",
  ],
  ["a wrong url", "PATCH", patched, { url: "x" }, ["url"], "https:// or http://"],
  [
    "unknown event types",
    "PATCH",
    patched,
    { eventTypes: ["x"] },
    ["eventTypes"],
    "don't exist: x",
  ],
  ["no headers", "PUT", `${patched}/headers`, {}, ["headers"], "Field required"],
  [
    "a signature's header",
    "PUT",
    `${patched}/headers`,
    { headers: { "SVIX-id": "" } },
    ["headers", "SVIX-id"],
    "not the endpoint's",
  ],
  [
    "a cloud's header",
    "PUT",
    `${patched}/headers`,
    { headers: { "x-amz-a": "" } },
    ["headers", "x-amz-a"],
    "not the endpoint's",
  ],
  [
    "a name with a space",
    "PUT",
    `${patched}/headers`,
    { headers: { "a b": "" } },
    ["headers", "a b"],
    "A header's name",
  ],
  [
    "a line break in a value",
    "PUT",
    `${patched}/headers`,
    { headers: { a: "b\r\nc: d" } },
    ["headers", "a"],
    "no control characters",
  ],
  [
    "a long value",
    "PUT",
    `${patched}/headers`,
    { headers: { a: characters(4_097) } },
    ["headers", "a"],
    "at most 4096",
  ],
  [
    "one name twice",
    "PUT",
    `${patched}/headers`,
    { headers: { "X-A": "1", "x-a": "2" } },
    ["headers", "x-a"],
    "twice",
  ],
  ["a number", "PATCH", `${patched}/headers`, { headers: { a: 1 } }, ["headers", "a"], "a string"],
  [
    "a forbidden header",
    "PATCH",
    `${patched}/headers`,
    { headers: { host: null } },
    ["headers", "host"],
    "not the endpoint's",
  ],
  [
    "a long grace",
    "POST",
    `${patched}/secret/rotate`,
    { gracePeriodSeconds: 604_801 },
    ["gracePeriodSeconds"],
    "at most 604800",
  ],
  [
    "a negative grace",
    "POST",
    `${patched}/secret/rotate`,
    { gracePeriodSeconds: -1 },
    ["gracePeriodSeconds"],
    "at least 0",
  ],
  [
    "a short secret",
    "POST",
    `${patched}/secret/rotate`,
    { key: "whsec_c2hvcnQ=" },
    ["key"],
    "24 to 75 bytes",
  ],
];

const MANY_EVENT_TYPES = Array.from({ length: 31 }, (_, i) => `type.${i}`).join();

const EVENT_TYPES: readonly Row[] = [
  ["no name", "POST", TYPE, { description: "" }, ["name"], "Field required"],
  ["no description", "POST", TYPE, { name: "a" }, ["description"], "Field required"],
  ["a slash in a name", "POST", TYPE, { name: "a/b", description: "" }, ["name"], "letters"],
  [
    "a long name",
    "POST",
    TYPE,
    { name: characters(257), description: "" },
    ["name"],
    "at most 256",
  ],
  [
    "a list of schemas",
    "POST",
    TYPE,
    { name: "a", description: "", schemas: [] },
    ["schemas"],
    "a JSON object",
  ],
  [
    "a schema that is text",
    "POST",
    TYPE,
    { name: "a", description: "", schemas: { 1: "x" } },
    ["schemas", "1"],
    "JSON schema",
  ],
  [
    "an unknown type",
    "POST",
    TYPE,
    { name: "a", description: "", schemas: { 1: { type: "text" } } },
    ["schemas", "1", "type"],
    "a JSON schema's type",
  ],
  [
    "an inner fault",
    "POST",
    TYPE,
    { name: "a", description: "", schemas: { 1: { properties: { b: { required: "c" } } } } },
    ["schemas", "1", "properties", "b", "required"],
    "list of strings",
  ],
  ["U+0000", "POST", TYPE, { name: "a", description: "\0" }, ["description"], "U+0000"],
  [
    "U+0000 in a schema",
    "POST",
    TYPE,
    { name: "a", description: "", schemas: { 1: { examples: [{ b: "\0" }] } } },
    ["schemas", "1", "examples", "0", "b"],
    "U+0000",
  ],
  [
    "a deep schema",
    "POST",
    TYPE,
    '{"name":"a","description":"","schemas":{"1":{"examples":' +
      "[".repeat(100_000) +
      "]".repeat(100_000) +
      "}}}",
    ["schemas", "1"],
    "64 deep",
  ],
  [
    "a wrong feature flag",
    "PUT",
    `${TYPE}/a`,
    { description: "", featureFlag: "a b" },
    ["featureFlag"],
    "letters",
  ],
  ["a word for a flag", "PATCH", `${TYPE}/live`, { archived: "no" }, ["archived"], "true or false"],
];

const MESSAGES: readonly Row[] = [
  ["no event type", "POST", MSG, { payload: {} }, ["eventType"], "Field required"],
  ["no payload", "POST", MSG, { eventType: "a" }, ["payload"], "Field required"],
  ["a list for a payload", "POST", MSG, { ...MESSAGE, payload: [1] }, ["payload"], "a JSON object"],
  ["text for a payload", "POST", MSG, { ...MESSAGE, payload: "{}" }, ["payload"], "a JSON object"],
  ["null for a payload", "POST", MSG, { ...MESSAGE, payload: null }, ["payload"], "a JSON object"],
  [
    "old data that is a number",
    "POST",
    MSG,
    { eventType: "a", data: 1 },
    ["data"],
    "a JSON object",
  ],
  ["a wrong event type", "POST", MSG, { ...MESSAGE, eventType: "a b" }, ["eventType"], "letters"],
  [
    "an archived event type",
    "POST",
    MSG,
    { ...MESSAGE, eventType: "gone" },
    ["eventType"],
    "archived",
  ],
  ["an eventId like an id", "POST", MSG, { ...MESSAGE, eventId: "msg_1" }, ["eventId"], "msg_"],
  ["no channels", "POST", MSG, { ...MESSAGE, channels: [] }, ["channels"], "at least 1 items"],
  [
    "U+0000 in a channel",
    "POST",
    MSG,
    { ...MESSAGE, channels: ["\0"] },
    ["channels", "0"],
    "letters",
  ],
  [
    "a short retention",
    "POST",
    MSG,
    { ...MESSAGE, payloadRetentionPeriod: 0 },
    ["payloadRetentionPeriod"],
    "at least 1",
  ],
  [
    "a long retention",
    "POST",
    MSG,
    { ...MESSAGE, payloadRetentionPeriod: 91 },
    ["payloadRetentionPeriod"],
    "at most 90",
  ],
  [
    "a raw payload that is a number",
    "POST",
    MSG,
    { ...MESSAGE, transformationsParams: { rawPayload: 1 } },
    ["transformationsParams", "rawPayload"],
    "a string",
  ],
  [
    "an application of another uid",
    "POST",
    "/app/new/msg",
    { ...MESSAGE, application: { name: "N", uid: "old" } },
    ["application", "uid"],
    '"new"',
  ],
  [
    "an application of no uid",
    "POST",
    "/app/new/msg",
    { ...MESSAGE, application: { name: "N" } },
    ["application", "uid"],
    '"new"',
  ],
  [
    "an application of no name",
    "POST",
    "/app/new/msg",
    { ...MESSAGE, application: { uid: "new" } },
    ["application", "name"],
    "required",
  ],
];

describe.each([
  ["applications", APPLICATIONS],
  ["endpoints", ENDPOINTS],
  ["event types", EVENT_TYPES],
  ["messages", MESSAGES],
])("bad input for %s is answered with 422, by field, and nothing is kept", (_noun, rows) => {
  it.each(rows)("%s: %s %s", async (_what, method, path, body, loc, text) => {
    const before = gateway.rows();
    const answer = await gateway.call(method, path, body);
    expect(answer.body).toEqual({
      detail: [{ loc: ["body", ...loc], msg: expect.stringContaining(text), type: "value_error" }],
    });
    expect(answer.status).toBe(422);
    expect(gateway.rows()).toBe(before);
  });
});

describe("what these tests compare", () => {
  it("changes with what is kept", async () => {
    for (const [path, body] of [
      [APP, { name: "More" }],
      [EP, { url: URL_IN }],
      [TYPE, { name: "more", description: "" }],
      [MSG, MESSAGE],
    ] as const) {
      const before = gateway.rows();
      expect((await gateway.call("POST", path, body)).status).toBeLessThan(300);
      expect(gateway.rows()).not.toBe(before);
    }
  });
});

describe("a body that is no JSON is answered with 422, and nothing is kept", () => {
  it.each<[string, string | Uint8Array]>([
    ["cut off", '{"name":"a"'],
    ["a comma too many", '{"name":"a",}'],
    ["text", "name=a"],
    ["not UTF-8", Buffer.from([0x22, 0xff, 0x22])],
    ["a byte order mark", Buffer.from('\ufeff{"name":"a"}')],
  ])("%s", async (_what, body) => {
    const before = gateway.rows();
    const answer = await gateway.call("POST", APP, body);
    expect(answer.status).toBe(422);
    expect(answer.body).toEqual({
      detail: [
        {
          loc: ["body"],
          msg: expect.stringContaining("not valid"),
          type: "value_error.jsondecode",
        },
      ],
    });
    expect(gateway.rows()).toBe(before);
  });
});

const TWO_MIB = 2 * 1024 * 1024;

describe("other refusals have a code and a detail, and nothing is kept", () => {
  it.each<[string, string, string, unknown, number, string]>([
    ["a uid that is taken", "POST", APP, { name: "a", uid: "here" }, 409, "conflict"],
    ["a uid that is taken", "PATCH", "/app/here", { uid: "there" }, 409, "conflict"],
    ["a uid that is taken", "PUT", "/app/here", { name: "a", uid: "there" }, 409, "conflict"],
    ["a uid that is taken", "POST", EP, { url: URL_IN, uid: "ep-a" }, 409, "conflict"],
    ["a uid that is taken", "PATCH", patched, { uid: "ep-b" }, 409, "conflict"],
    ["an eventId that is taken", "POST", MSG, { ...MESSAGE, eventId: "evt-1" }, 409, "conflict"],
    [
      "a name that is taken",
      "POST",
      TYPE,
      { name: "live", description: "" },
      409,
      "event_type_exists",
    ],
    ["an unknown application", "POST", "/app/none/msg", MESSAGE, 404, "not_found"],
    ["an unknown application", "POST", "/app/none/endpoint", { url: URL_IN }, 404, "not_found"],
    ["an unknown application", "PATCH", "/app/none", {}, 404, "not_found"],
    [
      "an id that is not there",
      "PUT",
      `/app/app_${"a".repeat(27)}`,
      { name: "a" },
      404,
      "not_found",
    ],
    [
      "an id that is not there",
      "PUT",
      `${EP}/ep_${"a".repeat(27)}`,
      { url: URL_IN },
      404,
      "not_found",
    ],
    ["an unknown endpoint", "DELETE", `${EP}/none`, undefined, 404, "not_found"],
    ["an unknown event type", "PATCH", `${TYPE}/none`, {}, 404, "not_found"],
    ["an unknown endpoint", "GET", `${EP}/none/stats`, undefined, 404, "not_found"],
    ["another's endpoint", "GET", "/app/there/endpoint/ep-a/stats", undefined, 404, "not_found"],
    ["an unknown endpoint", "GET", `${EP}/none/msg`, undefined, 404, "not_found"],
    ["another's endpoint", "GET", "/app/there/endpoint/ep-a/msg", undefined, 404, "not_found"],
    ["an unknown message", "GET", `${MSG}/none`, undefined, 404, "not_found"],
    ["an unknown message", "DELETE", `${MSG}/none/content`, undefined, 404, "not_found"],
    ["another's message", "DELETE", "/app/there/msg/evt-1/content", undefined, 404, "not_found"],
    [
      "an unknown attempt",
      "DELETE",
      `${MSG}/evt-1/attempt/none/content`,
      undefined,
      404,
      "not_found",
    ],
    [
      "an unknown message's attempt",
      "DELETE",
      `${MSG}/none/attempt/none/content`,
      undefined,
      404,
      "not_found",
    ],
    ["U+0000 in a path", "GET", "/app/a%00b", undefined, 404, "not_found"],
    ["a path that is not served", "GET", "/nothing", undefined, 404, "not_found"],
    ["a broken escape in a path", "GET", "/app/%ff", undefined, 400, "generic_error"],
    ["a large body", "POST", MSG, `{"a":"${characters(TWO_MIB)}"}`, 413, "payload_too_large"],
  ])("%s: %s %s", async (_what, method, path, body, status, code) => {
    const before = gateway.rows();
    const answer = await gateway.call(method, path, body);
    expect(answer.body).toEqual({ code, detail: expect.stringMatching(/../) });
    expect(answer.status).toBe(status);
    expect(gateway.rows()).toBe(before);
  });
});

describe("a query that is not allowed", () => {
  it.each([
    ["limit=251", 422],
    ["iterator=atmpt_1", 422],
    ["channel=a%20b", 422],
    ["status=7", 400],
    ["after=yesterday", 400],
  ])("of an endpoint's messages, %s: %d", async (query, status) => {
    expect((await gateway.call("GET", `${patched}/msg?${query}`)).status).toBe(status);
  });

  it.each([
    ["limit=251", "limit", "Given limit must not exceed 250"],
    ["limit=0", "limit", "Input should be at least 1"],
    ["iterator=ep_1", "iterator", "msg_…"],
    ["iterator=-nonsense", "iterator", "msg_…"],
    ["channel=a%20b", "channel", "letters"],
    ["event_types=a,b%20c", "event_types", "letters"],
    [`event_types=${MANY_EVENT_TYPES}`, "event_types", "at most 30 event types"],
  ])("%s: 422", async (query, field, text) => {
    const answer = await gateway.call("GET", `${MSG}?${query}`);
    expect(answer.status).toBe(422);
    expect(answer.body.detail[0]).toMatchObject({ msg: expect.stringContaining(text) });
    expect(answer.body.detail[0].loc.slice(0, 2)).toEqual(["query", field]);
  });

  it.each([
    ["limit=ten", "a number"],
    ["limit=1.5", "a whole number"],
    ["limit=", "a number"],
    ["limit=%20", "a number"],
    ["limit=0x10", "a number"],
    ["limit=1e1", "a number"],
    ["limit[]=1", "a number"],
    ["before=yesterday", "a date and time such as"],
    ["after=2026-13-01T00:00:00Z", "a date and time such as"],
    ["with_content=maybe", '"true" or "false"'],
  ])("%s: 400", async (query, text) => {
    const answer = await gateway.call("GET", `${MSG}?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ code: "invalid_query", detail: expect.stringContaining(text) });
  });

  it.each([
    "status=7",
    "status=x",
    "status=",
    "status_code_class=201",
    "status_code_class=",
    "status_code_class[]=",
  ])("%s: 400", async (query) => {
    const answer = await gateway.call("GET", `/app/here/attempt/endpoint/ep-a?${query}`);
    expect(answer.status).toBe(400);
  });
});
