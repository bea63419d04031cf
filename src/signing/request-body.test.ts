import { describe, expect, it } from "vitest";
import { PLAIN_FORMAT, type RequestFormat } from "../domain/request-format.ts";
import { requestBody, type RequestBody } from "./request-body.ts";

const EVENT_DATA: RequestFormat = { ...PLAIN_FORMAT, body: "event-data" };
const TOKEN = "a token of the consumer's";

function withToken(path: string, format = PLAIN_FORMAT): RequestFormat {
  return { ...format, bodyToken: { path, token: TOKEN } };
}

function bodyOf(format: RequestFormat, payload: string, contentType: string | null = null) {
  const content = { eventType: "playground-created", payload: Buffer.from(payload), contentType };
  return requestBody(format, content);
}

function textOf({ body }: RequestBody): string {
  return Buffer.from(body).toString();
}

describe("a body with event and data", () => {
  it("is compact, whatever spaces the payload has", () => {
    const made = bodyOf(EVENT_DATA, '{ "id": "pg_1",\n\t"n": [1, 2.50] }');
    expect(textOf(made)).toBe('{"event":"playground-created","data":{"id":"pg_1","n":[1,2.5]}}');
    expect(made).toMatchObject({ contentType: null, isTokenLeftOut: false });
  });

  it.each([
    ["letters of all kinds", '"Zoë 🎺 \\u2028\\u0000 \\/ \\u00e9"'],
    ["a surrogate without its other half", '"\\ud83c and \\udfba"'],
    ["a name that changes what others inherit", '{"__proto__":{"a":1},"constructor":null}'],
    ["names that look like indexes", '{"b":0,"10":1,"2":2,"-1":3,"01":4}'],
    ["names that come twice", '{"a":1,"b":2,"a":3}'],
    ["numbers past 2^53", "[9007199254740993,12345678901234567890,1e400,-1e400]"],
    ["numbers in other spellings", "[-0,1.0,1E3,0.1e-7,5e-324,1.7976931348623157e308,1e21]"],
    ["nothing at all", "null"],
    ["text", '""'],
  ])("comes out the same when it is parsed and made again: %s", (_what, payload) => {
    const made = textOf(bodyOf(EVENT_DATA, payload));
    expect(JSON.stringify(JSON.parse(made))).toBe(made);
    expect(made).toBe(
      JSON.stringify({ event: "playground-created", data: JSON.parse(payload) as unknown }),
    );
  });

  it("comes out the same for whatever JSON there is, with a token and without", () => {
    const random = pseudoRandom(7);
    for (let round = 0; round < 2_000; round++) {
      const payload = anyJson(random, 4);
      for (const format of [EVENT_DATA, withToken("meta.auth", EVENT_DATA), withToken("a.b")]) {
        const { body, isTokenLeftOut } = bodyOf(format, payload);
        const made = Buffer.from(body).toString();
        if (isTokenLeftOut && format.body === "payload") expect(made).toBe(payload);
        else expect(JSON.stringify(JSON.parse(made))).toBe(made);
      }
    }
  });

  it.each([
    ["of another type", "<paid/>", "application/xml"],
    ["of another type that happens to be JSON", "42", "text/plain"],
    ["that is broken", '{"a":', null],
    ["that is empty", "", null],
    ["nested too deep to be written again", "[".repeat(200_000) + "]".repeat(200_000), null],
  ])("has a payload as text %s", (_what, payload, contentType) => {
    const made = bodyOf(EVENT_DATA, payload, contentType);
    expect(JSON.parse(textOf(made))).toEqual({ event: "playground-created", data: payload });
    expect(made.contentType).toBeNull();
  });

  it.each(["application/json", "application/vnd.acme+json; charset=utf-8", "Application/JSON"])(
    "has a payload of the type %s as JSON",
    (contentType) => {
      const made = textOf(bodyOf(EVENT_DATA, '{"a":1}', contentType));
      expect(made).toBe('{"event":"playground-created","data":{"a":1}}');
    },
  );
});

describe("a token in the body", () => {
  it.each([
    ["token", '{"a":1}', `{"a":1,"token":"${TOKEN}"}`],
    ["token", '{"token":["before"],"a":1}', `{"token":"${TOKEN}","a":1}`],
    ["meta.auth.token", "{}", `{"meta":{"auth":{"token":"${TOKEN}"}}}`],
    ["meta.auth", '{ "meta": {"n":1.0} }', `{"meta":{"n":1,"auth":"${TOKEN}"}}`],
    ["constructor.name", "{}", `{"constructor":{"name":"${TOKEN}"}}`],
  ])("stands at %s of %s", (path, payload, expected) => {
    const made = bodyOf(withToken(path), payload, "application/vnd.acme+json");
    expect(textOf(made)).toBe(expected);
    const { contentType, isTokenLeftOut } = made;
    expect([contentType, isTokenLeftOut]).toEqual(["application/vnd.acme+json", false]);
    expect(({} as { name?: unknown }).name).toBeUndefined();
  });

  it.each([
    ["token", "[1, 2]"],
    ["token", '"text"'],
    ["token", "null"],
    ["token", '{"broken'],
    ["meta.token", '{ "meta": 1 }'],
    ["meta.token", '{ "meta": null }'],
    ["meta.token", '{ "meta": [ {} ] }'],
    ["token", `{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`],
  ])("is left out, and the payload as it came, where %s has no room in %.40s", (path, payload) => {
    const made = bodyOf(withToken(path), payload);
    expect(made.isTokenLeftOut).toBe(true);
    expect(textOf(made)).toBe(payload);
  });

  it("is left out of what is no JSON, even if it could be read as such", () => {
    const made = bodyOf(withToken("token"), '{"a": 1}', "text/plain");
    expect(made).toMatchObject({ isTokenLeftOut: true, contentType: "text/plain" });
  });

  it("stands beside event and data, or in the data", () => {
    const beside = bodyOf(withToken("token", EVENT_DATA), "[]");
    expect(textOf(beside)).toBe(`{"event":"playground-created","data":[],"token":"${TOKEN}"}`);
    const within = bodyOf(withToken("data.token", EVENT_DATA), "{}");
    expect(textOf(within)).toBe(`{"event":"playground-created","data":{"token":"${TOKEN}"}}`);
    const nowhere = bodyOf(withToken("data.token", EVENT_DATA), "[]");
    expect(nowhere.isTokenLeftOut).toBe(true);
    expect(textOf(nowhere)).toBe('{"event":"playground-created","data":[]}');
  });
});

it("without any format the payload's own bytes are sent", () => {
  const payload = Buffer.from([0xff, 0x00]);
  const content = { eventType: "a", payload, contentType: "application/octet-stream" };
  expect(requestBody(PLAIN_FORMAT, content).body).toBe(payload);
});

/** The same numbers at each run, from 0 to 1. */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const SCALARS = [
  "null",
  "true",
  "-0",
  "1.50",
  "1e400",
  "98765432109876543210",
  "7E-7",
  '"\\ud800"',
];
const NAMES = ["a", "b", "data", "__proto__", "10", "9", "é", "\\udc00", "toString", "", "meta"];

function anyJson(random: () => number, depth: number): string {
  const pick = (among: readonly string[]) => among[Math.floor(random() * among.length)] ?? "";
  const kind = depth === 0 ? 0 : random();
  if (kind < 0.3) return random() < 0.5 ? pick(SCALARS) : String((random() - 0.5) * 10 ** 20);
  const members = Array.from({ length: Math.floor(random() * 5) }, () =>
    anyJson(random, depth - 1),
  );
  if (kind < 0.5) return `[ ${members.join(" , ")}]`;
  return `{${members.map((member) => `"${pick(NAMES)}" : ${member}`).join(",")} }`;
}
