import type { EventTypeOut } from "../../api/schema.d.ts";

export type SchemaVersion = {
  readonly version: string;
  readonly schema: unknown;
  /** Payloads to show, as the schema's `examples`, `example` or `default` have them. */
  readonly examples: readonly object[];
};

/** Newest first: versions are numbers, mostly. */
export function versionsOf({ schemas }: Pick<EventTypeOut, "schemas">): readonly SchemaVersion[] {
  return Object.entries(schemas ?? {})
    .sort(([a], [b]) => b.localeCompare(a, "en", { numeric: true }))
    .map(([version, schema]) => ({ version, schema, examples: examplesOf(schema) }));
}

function examplesOf(schema: unknown): readonly object[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { examples, example, default: whole } = schema as Readonly<Record<string, unknown>>;
  const offered = [
    Array.isArray(examples) ? (examples as readonly unknown[]) : [],
    [example],
    [whole],
  ];
  const objects = offered.map((some) =>
    some.filter((one): one is object => typeof one === "object" && one !== null),
  );
  return objects.find((some) => some.length > 0) ?? [];
}
