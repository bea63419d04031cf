import { expect, it } from "vitest";
import { startCpuClock } from "../testing/cpu-clock.ts";
import { schemaTree } from "./schema-tree.ts";

/** What anybody may ask for has to be made while everybody else waits. */
const MADE_MS_MAX = 300;

function made(schema: object): string {
  const cpuMs = startCpuClock();
  const { text } = schemaTree(schema);
  expect(cpuMs()).toBeLessThan(MADE_MS_MAX);
  return text;
}

function named<Value>(count: number, value: Value): Record<string, Value> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, value]));
}

it("lists what has many fields once, however often it is referred to", () => {
  const required = Array.from({ length: 20_000 }, (_, i) => `q${i}`);
  const properties = named(8_000, { $ref: "#" });
  const shapes = named(400, { $ref: "#/$defs/wide" });
  const text = made({ properties: { ...shapes }, $defs: { wide: { properties, required } } });
  expect(text.match(/<code>/g)).toHaveLength(500);
});

it("makes no long page of a short schema whose texts are referred to often", () => {
  const long = "x".repeat(60_000);
  const texts = { description: long, const: long, pattern: long, enum: [long, long] };
  const text = made({ properties: named(500, { $ref: "#/$defs/a" }), $defs: { a: texts } });
  expect(text.length).toBeLessThan(500_000);
  expect(text.match(/<code>/g)).toHaveLength(500);
});

it("shows the first of many values", () => {
  const values = Array.from({ length: 150 }, (_, i) => i);
  expect(made({ properties: { a: { enum: values } } })).toContain("98 | 99 | …");
});

it.each([
  { type: [{ toString: 1 }, "string"], items: 1 },
  { type: "string", format: [], description: {}, const: null, enum: "no list", minimum: {} },
  { type: { toString: null }, items: { type: { valueOf: 1 } }, properties: [] },
])("leaves out what is strange where nobody has looked: %j", (strange) => {
  expect(made({ $defs: { strange }, properties: { a: { $ref: "#/$defs/strange" } } })).toContain(
    "<code>a</code>",
  );
});
