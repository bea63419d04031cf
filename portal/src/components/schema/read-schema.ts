/** A field of a JSON schema, as people read it. */
export type SchemaField = {
  /** A property's name; for alternatives what they are: "either". */
  readonly name: string;
  /** Whether it is a name in the payload, and not only a word of ours. */
  readonly isProperty: boolean;
  readonly isRequired: boolean;
  readonly isDeprecated: boolean;
  /** "string", "list of objects", "number or null". */
  readonly type: string;
  readonly description: string;
  /** What values it may have: "at least 0", "one of …". */
  readonly limits: readonly string[];
  /** Some values that it may have, where they can be listed. */
  readonly values: readonly string[];
  readonly hasFields: boolean;
  /** What is inside of it. Only made when it is wanted: schemas may refer to themselves. */
  fields(): readonly SchemaField[];
};

type Members = Readonly<Record<string, unknown>>;

const FIELDS_MAX = 300;
const VALUES_MAX = 30;
const REFERENCES_MAX = 10;

/** The outermost fields. A schema may be any JSON: what is strange is left out. */
export function readSchema(schema: unknown): readonly SchemaField[] {
  return isObject(schema) ? fieldsOf(schema, resolved(schema, schema)) : [];
}

function fieldsOf(root: Members, schema: Members): readonly SchemaField[] {
  const whole = withItsParts(root, schema);
  const inner = whole["type"] === "array" || isObject(whole["items"]) ? itemOf(root, whole) : whole;
  return [...propertiesOf(root, inner), ...alternativesOf(root, inner)].slice(0, FIELDS_MAX);
}

function propertiesOf(root: Members, { properties, required }: Members): readonly SchemaField[] {
  const names: readonly unknown[] = Array.isArray(required) ? required : [];
  return Object.entries(isObject(properties) ? properties : {}).map(([name, schema]) => ({
    ...fieldOf(root, schema),
    name,
    isProperty: true,
    isRequired: names.includes(name),
  }));
}

function alternativesOf(root: Members, schema: Members): readonly SchemaField[] {
  return (["oneOf", "anyOf"] as const).flatMap((keyword) => {
    const all = membersOf(schema[keyword]).map((one) => resolved(root, one));
    const some = all.filter((one) => hasFields(root, one));
    return some.map((one, i) => ({
      ...fieldOf(root, one),
      name: textOf(one["title"]) || `${keyword === "oneOf" ? "Either" : "Any"}, ${i + 1}`,
      isProperty: false,
      isRequired: false,
    }));
  });
}

function fieldOf(root: Members, unresolved: unknown) {
  const schema = withItsParts(root, resolved(root, unresolved));
  return {
    type: typeOf(root, schema),
    isDeprecated: schema["deprecated"] === true,
    description: textOf(schema["description"]) || textOf(schema["title"]),
    limits: limitsOf(schema),
    values: valuesOf(schema),
    hasFields: hasFields(root, schema),
    fields: () => fieldsOf(root, schema),
  };
}

function hasFields(root: Members, schema: Members): boolean {
  const whole = withItsParts(root, schema);
  const item = isObject(whole["items"]) ? itemOf(root, whole) : {};
  return [whole, item].some(
    (one) =>
      Object.keys(isObject(one["properties"]) ? one["properties"] : {}).length > 0 ||
      [...membersOf(one["oneOf"]), ...membersOf(one["anyOf"])].some((member) =>
        isObject(resolved(root, member)["properties"]),
      ),
  );
}

/** Of lists within lists, the innermost. */
function itemOf(root: Members, schema: Members): Members {
  let item = schema;
  for (let depth = 0; isObject(item["items"]) && depth < REFERENCES_MAX; depth++) {
    item = withItsParts(root, resolved(root, item["items"]));
  }
  return item;
}

/** What stands in `allOf` holds all at once, as if it were written in the schema itself. */
function withItsParts(root: Members, schema: Members): Members {
  const parts = membersOf(schema["allOf"]).map((part) => resolved(root, part));
  if (parts.length === 0) return schema;
  const all = [...parts, schema];
  const { allOf: _, ...own } = schema;
  return {
    ...Object.assign({}, ...parts),
    ...own,
    properties: Object.assign({}, ...all.map(({ properties }) => properties)) as Members,
    required: all.flatMap(({ required }) => (Array.isArray(required) ? required : [])),
  };
}

/** What a reference within the schema leads to; nothing else is looked up. */
function resolved(root: Members, given: unknown): Members {
  let schema = isObject(given) ? given : {};
  for (let steps = 0; typeof schema["$ref"] === "string" && steps < REFERENCES_MAX; steps++) {
    const { $ref: reference, ...own } = schema;
    schema = { ...lookUp(root, reference), ...own };
  }
  return schema;
}

function lookUp(root: Members, reference: string): Members {
  if (reference === "#") return root;
  if (!reference.startsWith("#/")) return {};
  let found: unknown = root;
  for (const step of reference.slice(2).split("/")) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  return isObject(found) ? found : {};
}

function typeOf(root: Members, schema: Members): string {
  const { type, format, items } = schema;
  if (isObject(items)) return `list of ${plural(typeOf(root, resolved(root, items)))}`;
  const names = Array.isArray(type) ? type.map(textOf) : [textOf(type)];
  const alternatives = [...membersOf(schema["oneOf"]), ...membersOf(schema["anyOf"])];
  const all = [...names, ...alternatives.map((one) => textOf(resolved(root, one)["type"]))];
  const known = [...new Set(all.map((name) => WORDS[name] ?? name))].filter((name) => name !== "");
  const guessed = isObject(schema["properties"]) ? "object" : typeOfValues(schema["enum"]);
  const named = known.length === 0 ? guessed : known.join(" or ");
  return textOf(format) === "" ? named : `${named}, ${FORMATS[textOf(format)] ?? textOf(format)}`;
}

/** An enum need not say of which type its values are. */
function typeOfValues(values: unknown): string {
  const types = [...new Set(membersOf(values).map((value) => typeof value))];
  const [only] = types;
  return types.length === 1 && only !== undefined && only !== "object" ? only : "any";
}

const WORDS: Readonly<Record<string, string>> = { array: "list", integer: "whole number" };
const FORMATS: Readonly<Record<string, string>> = { "date-time": "a time", uri: "a URL" };

function plural(type: string): string {
  return /^(?:object|string|number|whole number|boolean)$/.test(type) ? `${type}s` : type;
}

const LIMITS = [
  ["minimum", (value: string) => `at least ${value}`],
  ["exclusiveMinimum", (value: string) => `more than ${value}`],
  ["maximum", (value: string) => `at most ${value}`],
  ["exclusiveMaximum", (value: string) => `less than ${value}`],
  ["minLength", (value: string) => `at least ${counted(value, "character")}`],
  ["maxLength", (value: string) => `at most ${counted(value, "character")}`],
  ["minItems", (value: string) => `at least ${counted(value, "item")}`],
  ["maxItems", (value: string) => `at most ${counted(value, "item")}`],
  ["pattern", (value: string) => `matches ${value}`],
] as const;

function counted(value: string, one: string): string {
  return `${value} ${one}${value === "1" ? "" : "s"}`;
}

function limitsOf(schema: Members): readonly string[] {
  return LIMITS.flatMap(([keyword, words]) => {
    const value = schema[keyword];
    return typeof value === "number" || typeof value === "string" ? [words(String(value))] : [];
  });
}

function valuesOf({ enum: listed, const: always }: Members): readonly string[] {
  const values: readonly unknown[] = Array.isArray(listed) ? listed : [always];
  return values
    .filter((value) => value !== undefined)
    .slice(0, VALUES_MAX)
    .map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function membersOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
