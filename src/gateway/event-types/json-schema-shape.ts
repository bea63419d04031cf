import { isStorable } from "../input/fields.ts";
import { isObject, type Members } from "../input/json-object.ts";

const DEPTH_MAX = 64;
const TYPES: ReadonlySet<unknown> = new Set([
  "array",
  "boolean",
  "integer",
  "null",
  "number",
  "object",
  "string",
]);
const HOLD_A_SCHEMA = ["additionalProperties", "contains", "not", "if", "then", "else"];
const HOLD_A_LIST = ["allOf", "anyOf", "oneOf"];
const HOLD_A_MAP = ["properties", "patternProperties", "definitions", "$defs"];
const HOLD_TEXT = ["$ref", "$id", "$schema", "title", "description", "format", "pattern"];

type Fault = { readonly path: readonly string[]; readonly text: string };

/** The first thing about `schema` that no JSON Schema has; undefined if it has the shape of one. */
export function jsonSchemaFault(schema: unknown): Fault | undefined {
  return contentFault(schema, []) ?? shapeFault(schema, []);
}

/** What no store can keep, anywhere inside. */
export function contentFault(value: unknown, path: readonly string[]): Fault | undefined {
  if (path.length > DEPTH_MAX) return { path: [], text: `Input is nested over ${DEPTH_MAX} deep` };
  if (typeof value === "string" && !isStorable(value)) {
    return { path, text: "Input should be text without the character U+0000" };
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const fault = contentFault(key, path) ?? contentFault(inner, [...path, key]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function shapeFault(schema: unknown, path: readonly string[]): Fault | undefined {
  if (typeof schema === "boolean" && path.length > 0) return undefined;
  if (!isObject(schema)) return { path, text: "Input should be a JSON schema, which is an object" };
  return keywordFault(schema, path) ?? nestedFault(schema, path);
}

function keywordFault(schema: Members, path: readonly string[]): Fault | undefined {
  const { type, required, enum: values } = schema;
  if (type !== undefined && !(Array.isArray(type) ? type : [type]).every((one) => TYPES.has(one))) {
    const text = `Input should be a JSON schema's type: ${[...TYPES].join(", ")}`;
    return { path: [...path, "type"], text };
  }
  if (required !== undefined && !isTextList(required)) {
    return { path: [...path, "required"], text: "Input should be a list of strings" };
  }
  if (values !== undefined && !Array.isArray(values)) {
    return { path: [...path, "enum"], text: "Input should be a list" };
  }
  const wrongText = HOLD_TEXT.find((keyword) => !isOptionalText(schema[keyword]));
  if (wrongText === undefined) return undefined;
  return { path: [...path, wrongText], text: "Input should be a string" };
}

function nestedFault(schema: Members, path: readonly string[]): Fault | undefined {
  for (const keyword of [...HOLD_A_LIST, ...HOLD_A_MAP]) {
    const held = schema[keyword];
    const isRight = HOLD_A_LIST.includes(keyword) ? Array.isArray(held) : isObject(held);
    if (held !== undefined && !isRight) {
      const text = `Input should be ${HOLD_A_LIST.includes(keyword) ? "a list" : "an object"}`;
      return { path: [...path, keyword], text };
    }
  }
  for (const [key, inner] of nested(schema)) {
    const fault = shapeFault(inner, [...path, ...key]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function nested(schema: Members): readonly (readonly [readonly string[], unknown])[] {
  const { items } = schema;
  const single = HOLD_A_SCHEMA.filter((keyword) => schema[keyword] !== undefined);
  const many = [...HOLD_A_LIST, ...HOLD_A_MAP, ...(Array.isArray(items) ? ["items"] : [])];
  return [
    ...single.map((keyword) => [[keyword], schema[keyword]] as const),
    ...(items === undefined || Array.isArray(items) ? [] : [[["items"], items] as const]),
    ...many.flatMap((keyword) =>
      Object.entries(schema[keyword] ?? {}).map(([key, inner]) => [[keyword, key], inner] as const),
    ),
  ];
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}
