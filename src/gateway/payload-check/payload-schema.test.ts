import { describe, expect, it } from "vitest";
import { startCpuClock } from "../testing/cpu-clock.ts";
import { payloadSchema, type Verdict } from "./payload-schema.ts";

const TRIES_MAX = 5;

/** Where the machine stands still just then, a check takes too long: the same is checked anew. */
function check(schema: object, payload: unknown, triesMax = TRIES_MAX): Verdict {
  const members: Readonly<Record<string, unknown>> = { ...schema };
  const verdict = payloadSchema(members).check(payload, JSON.stringify(payload).length);
  const isBrokenOff = verdict.kind === "unchecked" && verdict.why.startsWith("it took over");
  return isBrokenOff && triesMax > 1 ? check(schema, payload, triesMax - 1) : verdict;
}

const ORDER = {
  type: "object",
  required: ["id", "items"],
  additionalProperties: false,
  properties: {
    id: { type: "string" },
    at: { type: "string", format: "date-time" },
    items: { type: "array", items: { type: "object", properties: { price: { minimum: 0 } } } },
    status: { enum: ["A", "B"] },
  },
};

describe("a schema", () => {
  it("passes what is as it says", () => {
    const payload = { id: "1", at: "2026-01-15T10:22:05Z", items: [{ price: 1 }] };
    expect(check(ORDER, payload)).toEqual({ kind: "valid" });
  });

  it("names each wrong place, with what is wrong there", () => {
    const payload = { items: [{ price: 1 }, { price: -1 }], at: "soon", status: "C", "a/b": 1 };
    expect(check(ORDER, payload)).toEqual({
      kind: "invalid",
      faults: [
        { pointer: "", text: "must have required property 'id'" },
        { pointer: "", text: "must NOT have additional properties: 'a/b'" },
        { pointer: "/at", text: 'must match format "date-time"' },
        { pointer: "/items/1/price", text: "must be >= 0" },
        { pointer: "/status", text: 'must be equal to one of the allowed values: ["A","B"]' },
      ],
    });
  });

  it("names the first hundred of many wrong places", () => {
    const verdict = check(
      { items: { type: "string" } },
      Array.from({ length: 5_000 }, () => 1),
    );
    expect(verdict.kind === "invalid" && verdict.faults).toHaveLength(100);
  });

  it.each([
    ["of draft 7", { $schema: "http://json-schema.org/draft-07/schema#" }],
    ["of draft 2019-09", { $schema: "https://json-schema.org/draft/2019-09/schema" }],
  ])("may be %s, in which a list of items means each in its place", (_, dialect) => {
    const schema = { ...dialect, items: [{ type: "string" }, { type: "number" }] };
    expect(check(schema, ["a", 1])).toEqual({ kind: "valid" });
    expect(check(schema, [1, "a"]).kind).toBe("invalid");
  });

  it("is of draft 2020-12 unless it says otherwise", () => {
    expect(check({ prefixItems: [{ type: "string" }] }, [1]).kind).toBe("invalid");
  });

  it("may have keywords and formats that nobody knows", () => {
    expect(check({ "x-of-ours": 1, format: "of-ours" }, "a")).toEqual({ kind: "valid" });
  });

  it("is of no use to another one that has the same id", () => {
    const one = { $id: "https://a.example/s", $defs: { a: { $id: "inner", type: "string" } } };
    expect(check({ ...one, $ref: "inner" }, "a")).toEqual({ kind: "valid" });
    expect(
      check({ ...one, $defs: { a: { $id: "inner", type: "number" } }, $ref: "inner" }, 1),
    ).toEqual({ kind: "valid" });
    expect(check({ $ref: "https://a.example/s" }, 1).kind).toBe("unchecked");
  });
});

describe("a schema checks nothing", () => {
  it.each([
    ["if it refers to elsewhere", { $ref: "https://a.example/schema.json" }, /resolve reference/],
    ["if it refers to nothing", { $ref: "#/$defs/none" }, /resolve reference/],
    ["if it is no schema", { type: "text" }, /type/],
    ["if its pattern is none", { pattern: "(" }, /regular expression/i],
    ["if it is too long", { description: "d".repeat(70_000) }, /longer/],
    ["if it would answer later", { $async: true, type: "object" }, /\$async/],
  ])("%s", (_, schema, why) => {
    const verdict = check(schema, {});
    expect(verdict).toMatchObject({ kind: "unchecked", why: expect.stringMatching(why) });
  });

  it("is not run as code", () => {
    const text = '"];globalThis.wasRun=true;//';
    const evil = `');globalThis.wasRun=true;//`;
    const properties = { [text]: { const: evil }, [evil]: { pattern: evil, enum: [text] } };
    check(
      { properties, required: [text, evil], $id: evil, title: evil },
      { [text]: 1, [evil]: "a" },
    );
    expect(globalThis).not.toHaveProperty("wasRun");
  });
});

describe("a schema that takes for ever", () => {
  const doubled = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => {
      const $ref = `#/$defs/a${at + 1}`;
      return [`a${at}`, { allOf: [{ $ref }, { $ref }] }];
    }),
  );
  it.each([
    ["through its pattern", { pattern: "^(a+)+$" }, `${"a".repeat(40)}b`],
    ["through how often", { pattern: "a{999}a{999}b" }, "a".repeat(140_000)],
    ["through its references", { $ref: "#/$defs/a0", $defs: { ...doubled, a40: {} } }, {}],
    [
      "through what it compares",
      { uniqueItems: true },
      Array.from({ length: 90_000 }, (_, i) => [i]),
    ],
  ])("%s is broken off, and left alone for a while", (_, schema, payload) => {
    const compiled = payloadSchema({ ...schema });
    const bytes = JSON.stringify(payload).length;
    const cpuMs = startCpuClock();
    expect(compiled.check(payload, bytes)).toMatchObject({
      kind: "unchecked",
      why: expect.stringMatching(/took over/),
    });
    expect(cpuMs()).toBeLessThan(4_000);
    const againCpuMs = startCpuClock();
    // Each of them would take 50 ms.
    for (let i = 0; i < 20; i++) expect(compiled.check(payload, bytes).kind).toBe("unchecked");
    expect(againCpuMs()).toBeLessThan(100);
  });

  it("for many payloads costs them nothing where it is known to be quick", () => {
    const quick = { properties: { a: { pattern: "^[A-Z]{3}$" }, b: { uniqueItems: true } } };
    const timed = { properties: { a: { pattern: "^[A-Z]+$" } } };
    const cpuMsOf = (schema: object): number => {
      const { check: one } = payloadSchema({ ...schema });
      const cpuMs = startCpuClock();
      for (let i = 0; i < 200; i++) one({ a: "ABC", b: [1, 2] }, 30);
      return cpuMs();
    };
    // Where the machine stands still in one round, what is quick looks slow, and is timed from then on.
    const leastCpuMs = (schema: object) =>
      Math.min(...Array.from({ length: 8 }, () => cpuMsOf(schema)));
    expect(check(quick, { a: "abc", b: [1, 1] }).kind).toBe("invalid");
    expect(leastCpuMs(quick)).toBeLessThan(leastCpuMs(timed));
  });

  it("with one payload is timed with the next ones", () => {
    const payload = Array.from({ length: 50_000 }, () => 1);
    const faulty = { allOf: Array.from({ length: 50 }, () => ({ items: { type: "string" } })) };
    const compiled = payloadSchema(faulty);
    const check = () => compiled.check(payload, 1);
    expect([check().kind, check().kind]).toEqual(["invalid", "unchecked"]);
  });

  it("because it goes round in circles is broken off", () => {
    expect(check({ $ref: "#" }, {}).kind).toBe("unchecked");
  });
});
