import { isObject, type Members } from "../input/json-object.ts";
import { newestFirst } from "./newest-schema.ts";

/** What an event type's schemas offer to be sent as an example. */
type Examples = { readonly version: string; readonly payloads: readonly object[] };

/**
 * The examples of the newest version that has any: what its JSON schema says under `examples`,
 * `example` or `default`, and is an object. undefined if there are none.
 */
export function newestExamples(schemas: Members | null): Examples | undefined {
  return newestFirst(schemas)
    .map(([version, schema]) => ({ version, payloads: examplesOf(schema) }))
    .find(({ payloads }) => payloads.length > 0);
}

function examplesOf(schema: unknown): readonly object[] {
  if (!isObject(schema)) return [];
  const { examples, example, default: whole } = schema;
  const offered: readonly (readonly unknown[])[] = [
    Array.isArray(examples) ? examples : [],
    [example],
    [whole],
  ];
  return offered.map((some) => some.filter(isObject)).find((some) => some.length > 0) ?? [];
}
