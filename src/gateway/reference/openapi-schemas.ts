import { z } from "zod";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** JSON schemas made from zod's; those that have an id are kept by it, and referred to. */
export type SchemaCollection = {
  /** "input": what a client may send; "output": what it gets, and what query text stands for. */
  readonly add: (schema: z.ZodType, io: "input" | "output") => JsonSchema;
  /** Those with an id, in alphabetical order. Throws if one id has two meanings. */
  readonly named: () => Readonly<Record<string, JsonSchema>>;
};

export function collectSchemas(): SchemaCollection {
  const named = new Map<string, JsonSchema>();
  // Most operations share their schemas of refusals, and zod takes a millisecond for each.
  const made = {
    input: new Map<z.ZodType, JsonSchema>(),
    output: new Map<z.ZodType, JsonSchema>(),
  };

  const keep = (id: string, schema: JsonSchema): void => {
    const before = named.get(id);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(schema)) {
      throw new Error(`Two different schemas have the id ${id}`);
    }
    named.set(id, schema);
  };

  return {
    add(schema, io) {
      const before = made[io].get(schema);
      if (before !== undefined) return before;
      const { $schema: _, $defs, ...own } = withReferences(schema, io);
      for (const [id, one] of Object.entries($defs ?? {})) keep(id, one);
      made[io].set(schema, own);
      return own;
    },
    named: () => Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function withReferences(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  const made = z.toJSONSchema(schema, { io, unrepresentable: "any", override: tidy });
  const text = JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/');
  return JSON.parse(text) as JsonSchema;
}

/** Takes away what zod adds and no reader of the document is helped by. */
function tidy({ jsonSchema: schema }: { readonly jsonSchema: JsonSchema }): void {
  // In zod it is about TypeScript; here it would be about who may send the field.
  delete schema.readOnly;
  // New fields may be added to answers: clients should not refuse them.
  if (schema.additionalProperties === false) delete schema.additionalProperties;
  if (schema.format === "date-time") delete schema.pattern;
  if (schema.type === "number" && schema.enum?.every(Number.isInteger)) schema.type = "integer";
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (JSON.stringify(schema.propertyNames) === '{"type":"string"}') delete schema.propertyNames;
}
