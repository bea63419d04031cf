import { isObject, type Members } from "../input/json-object.ts";

/** An event type's schemas, the newest version first. */
export function newestFirst(schemas: Members | null): readonly (readonly [string, unknown])[] {
  return Object.entries(schemas ?? {}).toSorted(([a], [b]) =>
    b.localeCompare(a, "en", { numeric: true }),
  );
}

/** What payloads are checked against; undefined if there is none. */
export function newestSchema(schemas: Members | null): Members | undefined {
  const newest = newestFirst(schemas)[0]?.[1];
  return isObject(newest) ? newest : undefined;
}
