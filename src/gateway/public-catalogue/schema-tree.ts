import { isObject, type Members } from "../input/json-object.ts";
import { html, type Html } from "../reference/html.ts";

const DEPTH_MAX = 12;
/** Of one schema: what refers to itself, or twice to much, is shown no further. */
const FIELDS_MAX = 500;

type Tree = { readonly root: Members; fieldsLeft: number };
type Field = { readonly name: string; readonly schema: unknown; readonly isRequired: boolean };

/** The fields of a JSON schema, and theirs. It may be any JSON: what is strange is left out. */
export function schemaTree(schema: unknown): Html {
  if (!isObject(schema)) return html``;
  return fieldsOf({ root: schema, fieldsLeft: FIELDS_MAX }, schema, 0);
}

function fieldsOf(tree: Tree, schema: Members, depth: number): Html {
  const fields = [...properties(schema), ...alternatives(schema)];
  const shown = fields.slice(0, Math.max(0, tree.fieldsLeft));
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
    <code>${name}</code> <small>${typeOf(own)}${isRequired ? ", required" : ""}</small>
    ${own["deprecated"] === true ? html`<i>deprecated</i>` : ""} ${text(own["description"])}
    ${fieldsOf(tree, inner, depth + 1)}
  </li>`;
}

function properties({ properties: held, required }: Members): readonly Field[] {
  const names: readonly unknown[] = Array.isArray(required) ? required : [];
  const isRequired = (name: string): boolean => names.includes(name);
  return Object.entries(isObject(held) ? held : {}).map(([name, schema]) => ({
    name,
    schema,
    isRequired: isRequired(name),
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

function typeOf(schema: Members): string {
  const { type, format, items } = schema;
  const limits = [
    ...LIMITS.map(([keyword, word]) => limitOf(word, schema[keyword])),
    Array.isArray(schema["enum"])
      ? schema["enum"].map((one) => JSON.stringify(one)).join(" | ")
      : "",
  ];
  const named = Array.isArray(type) ? type.join(" or ") : text(type);
  const held = isObject(items) ? `list of ${text(items["type"]) || "anything"}` : named;
  return [held, text(format), ...limits].filter((part) => part !== "").join(", ");
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

function limitOf(word: string, value: unknown): string {
  return value === undefined ? "" : `${word} ${JSON.stringify(value)}`;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
