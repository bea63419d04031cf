import type { EventTypeIn, EventTypeOut } from "../../api/schema.d.ts";
import { jsonFault, objectOf } from "./json-text.ts";

/** As the form has them. */
export type EventTypeValues = {
  readonly name: string;
  readonly description: string;
  readonly groupName: string;
  readonly deprecated: boolean;
  readonly featureFlags: readonly string[];
  /** The newest version's JSON schema without its examples, as text; "": none. */
  readonly schema: string;
  /** The first of its examples; "": none. */
  readonly example: string;
};

type Members = Readonly<Record<string, unknown>>;
type Before = Pick<EventTypeOut, "schemas" | "archived">;

const FIRST_VERSION = "1";
const NEW: Before = { schemas: null, archived: false };

export const EMPTY_VALUES: EventTypeValues = {
  name: "",
  description: "",
  groupName: "",
  deprecated: false,
  featureFlags: [],
  schema: "",
  example: "",
};

export function valuesOf(eventType: EventTypeOut): EventTypeValues {
  const { name, description, groupName, deprecated, featureFlags } = eventType;
  const { examples, ...schema } = newest(eventType.schemas).schema;
  const [example] = listOf(examples);
  return {
    name,
    description,
    groupName: groupName ?? "",
    deprecated,
    featureFlags: featureFlags ?? [],
    schema: Object.keys(schema).length === 0 ? "" : textOf(schema),
    example: example === undefined ? "" : textOf(example),
  };
}

/** What is wrong with which field, before the API is asked. */
export function faultsOf(values: EventTypeValues): Readonly<Record<string, string>> {
  const { name, description, schema, example } = values;
  const schemaFault = jsonFault(schema);
  const exampleFault = jsonFault(example);
  return {
    ...(name.trim() === "" && { name: "Give it a name, such as invoice.paid" }),
    ...(description.trim() === "" && { description: "Say in a sentence when it is sent" }),
    ...(schemaFault !== undefined && { schema: schemaFault }),
    ...(exampleFault !== undefined && { example: exampleFault }),
  };
}

/** For the API: what the form does not show of `before`, such as earlier versions, stays. */
export function eventTypeIn(values: EventTypeValues, before: Before = NEW): EventTypeIn {
  const { name, description, groupName, deprecated, featureFlags } = values;
  return {
    name: name.trim(),
    description: description.trim(),
    archived: before.archived,
    deprecated,
    groupName: groupName.trim() === "" ? null : groupName.trim(),
    featureFlags: featureFlags.length === 0 ? null : [...featureFlags],
    schemas: schemasIn(values, before),
  };
}

/** The API speaks of schemas.1.properties …; the form has a field for it, and one for the example. */
export function formErrors(fields: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(fields).map(([name, message]) => {
    const [first, , ...rest] = name.split(".");
    if (first !== "schemas") return [name, message] as const;
    const where = rest.length === 0 ? message : `${rest.join(".")}: ${message}`;
    return [rest[0] === "examples" ? "example" : "schema", where] as const;
  });
  return Object.fromEntries(entries);
}

function schemasIn({ schema, example }: EventTypeValues, { schemas }: Before): Members | null {
  const { version, schema: old } = newest(schemas);
  const examples = [
    ...(example.trim() === "" ? [] : [objectOf(example)]),
    ...listOf(old["examples"]).slice(1),
  ];
  const edited = { ...objectOf(schema), ...(examples.length > 0 && { examples }) };
  const { [version]: _edited, ...others } = schemas ?? {};
  const all = { ...others, ...(Object.keys(edited).length > 0 && { [version]: edited }) };
  return Object.keys(all).length === 0 ? null : all;
}

function newest(schemas: Members | null): { readonly version: string; readonly schema: Members } {
  const versions = Object.keys(schemas ?? {}).sort((a, b) =>
    b.localeCompare(a, "en", { numeric: true }),
  );
  const version = versions[0] ?? FIRST_VERSION;
  const schema = schemas?.[version];
  return {
    version,
    schema: typeof schema === "object" && schema !== null ? { ...schema } : {},
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
