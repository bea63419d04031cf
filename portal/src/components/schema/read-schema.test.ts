import { describe, expect, it } from "vitest";
import { readSchema, type SchemaField } from "./read-schema.ts";

/** Names with types, and what is inside of them as far as `depth`. */
function outline(fields: readonly SchemaField[], depth = 3): unknown {
  return Object.fromEntries(
    fields.map((field) => {
      const named = `${field.name}${field.isRequired ? "!" : ""}: ${field.type}`;
      return [named, field.hasFields && depth > 0 ? outline(field.fields(), depth - 1) : null];
    }),
  );
}

describe("a JSON schema, read for people", () => {
  it("has names, types and what is inside of lists", () => {
    const schema = {
      type: "object",
      required: ["id"],
      properties: {
        id: { type: "string" },
        at: { type: "string", format: "date-time" },
        note: { type: ["string", "null"] },
        items: {
          type: "array",
          items: { type: "object", properties: { price: { type: "integer" } } },
        },
        tags: { type: "array", items: { type: "string" } },
      },
    };
    expect(outline(readSchema(schema))).toEqual({
      "id!: string": null,
      "at: string, a time": null,
      "note: string or null": null,
      "items: list of objects": { "price: whole number": null },
      "tags: list of strings": null,
    });
  });

  it("follows references within itself, and opens no further than it is asked", () => {
    const schema = {
      $defs: { node: { properties: { next: { $ref: "#/$defs/node" }, far: { $ref: "x.json" } } } },
      properties: { first: { $ref: "#/$defs/node" } },
    };
    expect(outline(readSchema(schema), 2)).toEqual({
      "first: object": {
        "next: object": { "next: object": null, "far: any": null },
        "far: any": null,
      },
    });
  });

  it("puts together what must hold at once, and tells apart what may", () => {
    const schema = {
      allOf: [{ properties: { a: { type: "number" } }, required: ["a"] }],
      properties: { b: { type: "boolean" } },
      oneOf: [
        { title: "A card", properties: { card: { type: "string" } } },
        { properties: { iban: { type: "string" } } },
      ],
    };
    expect(outline(readSchema(schema))).toEqual({
      "a!: number": null,
      "b: boolean": null,
      "A card: object": { "card: string": null },
      "Either, 2: object": { "iban: string": null },
    });
  });

  it("says which values there may be", () => {
    const [state, count] = readSchema({
      properties: {
        state: { enum: ["open", "paid", null], deprecated: true, description: "How it is" },
        count: { type: "integer", minimum: 1, maximum: 9 },
      },
    });
    expect(state).toMatchObject({
      values: ["open", "paid", "null"],
      isDeprecated: true,
      description: "How it is",
    });
    expect(count?.limits).toEqual(["at least 1", "at most 9"]);
  });

  it.each([[null], [true], ["a"], [[]], [{}], [{ properties: 5 }], [{ allOf: [{ $ref: "#" }] }]])(
    "has no fields where it is %j",
    (schema) => {
      expect(readSchema(schema)).toEqual([]);
    },
  );
});
