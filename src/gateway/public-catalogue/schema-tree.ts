import { isObject, type Members } from "../input/json-object.ts";
import { html, type Html } from "../reference/html.ts";

const DEPTH_MAX = 12;
/** Of one schema: what refers to itself, or twice to much, is shown no further. */
const FIELDS_MAX = 500;

/** Of one schema: a text that is referred to often would make a long page of a short schema. */
const CHARACTERS_MAX = 200_000;
const TEXT_LENGTH_MAX = 2_000;
const VALUES_MAX = 100;

type Tree = { readonly root: Members; fieldsLeft: number; charactersLeft: number };
type Field = { readonly name: string; readonly schema: unknown; readonly isRequired: boolean };

/** The fields of a JSON schema, and theirs. It may be any JSON: what is strange is left out. */
export function schemaTree(schema: unknown): Html {
  if (!isObject(schema)) return html``;
  const tree = { root: schema, fieldsLeft: FIELDS_MAX, charactersLeft: CHARACTERS_MAX };
  return fieldsOf(tree, schema, 0);
}

function fieldsOf(tree: Tree, schema: Members, depth: number): Html {
  // Not even listed: what has many fields may be referred to from many places.
  if (tree.fieldsLeft === 0) return html``;
  const fields = [...properties(schema), ...alternatives(schema)];
  const shown = fields.slice(0, tree.fieldsLeft);
  tree.fieldsLeft -= shown.length;
  if (shown.length === 0) return html``;
  if (depth > DEPTH_MAX) return html`<p>…</p>`;
  return html`<ul class="tree">
    ${shown.map((field) => item(tree, field, depth))}
    ${shown.length < fields.length ? html`<li>…</li>` : ""}
  </ul>`;
}

function item(tree: Tree, { name, schema, isRequired }: Field, depth: number): Html {
  const own = resolved(tree.root, schema);
  const held = resolved(tree.root, own["items"]);
  const inner = isObject(own["items"]) ? held : own;
  return html`<li>
    <code>${name}</code> <small>${typeOf(tree, own)}${isRequired ? ", required" : ""}</small>
    ${own["deprecated"] === true ? html`<i>deprecated</i>` : ""} ${text(tree, own["description"])}
    ${fieldsOf(tree, inner, depth + 1)}
  </li>`;
}

function properties({ properties: held, required }: Members): readonly Field[] {
  const names: ReadonlySet<unknown> = new Set(Array.isArray(required) ? required : []);
  return Object.entries(isObject(held) ? held : {}).map(([name, schema]) => ({
    name,
    schema,
    isRequired: names.has(name),
  }));
}

function alternatives(schema: Members): readonly Field[] {
  return (["allOf", "anyOf", "oneOf"] as const).flatMap((keyword) => {
    const held: unknown = schema[keyword];
    const members: readonly unknown[] = Array.isArray(held) ? held : [];
    return members.map((one) => ({ name: NAMES[keyword], schema: one, isRequired: false }));
  });
}

const NAMES = { allOf: "and also", anyOf: "or", oneOf: "either" } as const;

/** What a reference within the schema leads to; nothing else is looked up. */
function resolved(root: Members, schema: unknown): Members {
  if (!isObject(schema)) return {};
  const { $ref: reference, ...own } = schema;
  if (typeof reference !== "string" || !reference.startsWith("#/")) return schema;
  const steps = reference.slice(2).split("/").map(unescaped);
  let found: unknown = root;
  for (const step of steps) {
    found = isObject(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  }
  return isObject(found) ? { ...found, ...own } : own;
}

function unescaped(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

function typeOf(tree: Tree, schema: Members): string {
  const { type, format, items, enum: allowed } = schema;
  const types = (Array.isArray(type) ? type : [type]).map((one) => text(tree, one));
  const held = isObject(items)
    ? `list of ${text(tree, items["type"]) || "anything"}`
    : types.filter((one) => one !== "").join(" or ");
  const limits = LIMITS.map(([keyword, word]) => limitOf(tree, word, schema[keyword]));
  const parts = [held, text(tree, format), ...limits, valuesOf(tree, allowed)];
  return parts.filter((part) => part !== "").join(", ");
}

const LIMITS = [
  ["const", "always"],
  ["minimum", "at least"],
  ["exclusiveMinimum", "more than"],
  ["maximum", "at most"],
  ["exclusiveMaximum", "less than"],
  ["minLength", "characters, at least"],
  ["maxLength", "characters, at most"],
  ["minItems", "items, at least"],
  ["maxItems", "items, at most"],
  ["pattern", "matches"],
] as const;

function limitOf(tree: Tree, word: string, value: unknown): string {
  return value === undefined ? "" : `${word} ${json(tree, value)}`;
}

function valuesOf(tree: Tree, allowed: unknown): string {
  if (!Array.isArray(allowed)) return "";
  const shown = allowed.slice(0, VALUES_MAX).map((one) => json(tree, one));
  return [...shown, ...(allowed.length > VALUES_MAX ? ["…"] : [])].join(" | ");
}

function json(tree: Tree, value: unknown): string {
  return tree.charactersLeft === 0 ? "…" : cut(tree, JSON.stringify(value));
}

/** "" where it is none. */
function text(tree: Tree, value: unknown): string {
  return typeof value === "string" ? cut(tree, value) : "";
}

function cut(tree: Tree, whole: string): string {
  const lengthMax = Math.min(TEXT_LENGTH_MAX, tree.charactersLeft);
  // Also what is not shown has been looked at.
  tree.charactersLeft = Math.max(0, tree.charactersLeft - whole.length);
  return whole.length > lengthMax ? `${whole.slice(0, lengthMax)}…`.toWellFormed() : whole;
}
