import { invalidField } from "../http/problem.ts";
import { isObject, type Members } from "../input/json-object.ts";
import { pathOf, resolve, type Source } from "./references.ts";

const DEPTH_MAX = 64;

/** Hold values, in which "$ref" is no reference. */
const VALUE_KEYWORDS = new Set(["const", "default", "enum", "example", "examples"]);
/** Hold schemas by names, which may be those of keywords. */
const MAP_KEYWORDS = new Set([
  "$defs",
  "definitions",
  "dependentSchemas",
  "patternProperties",
  "properties",
]);

/** What a member costs besides its letters: quotes, colon, comma. */
const MEMBER_CHARACTERS = 4;

/** Counts characters that are copied. Throws a ProblemError (422) when they are too many. */
export type Spend = (characters: number) => void;

type Bundle = {
  readonly source: Source;
  readonly spend: Spend;
  /** Names in the bundle's $defs, by what referred to them. */
  readonly names: Map<string, string>;
  readonly taken: Set<string>;
  /** How often each name was wanted. */
  readonly counts: Map<string, number>;
};

/**
 * A schema of an OpenAPI document that stands for itself: all that it refers to is in its `$defs`,
 * once for each spelling of a reference, so that circles are no trouble. Throws a ProblemError (422)
 * for a reference to nothing.
 */
export function bundleSchema(source: Source, schema: Members, spend: Spend): Members {
  const own = isObject(schema["$defs"]) ? schema["$defs"] : {};
  const taken = new Set(Object.keys(own));
  const bundle: Bundle = { source, spend, names: new Map(), taken, counts: new Map() };
  const root = rewritten(bundle, schema, 0);
  const definitions: [string, unknown][] = [];
  // The map grows while it is walked: what is referred to refers to more.
  for (const [reference, name] of bundle.names) {
    definitions.push([name, rewritten(bundle, resolve(source, reference), 0)]);
  }
  if (!isObject(root) || definitions.length === 0) return isObject(root) ? root : schema;
  const before = isObject(root["$defs"]) ? root["$defs"] : {};
  return { ...root, $defs: { ...before, ...Object.fromEntries(definitions) } };
}

function rewritten(bundle: Bundle, schema: unknown, depth: number, isValue = false): unknown {
  if (depth > DEPTH_MAX) {
    throw invalidField(bundle.source.loc, `The schema is nested over ${DEPTH_MAX} deep`);
  }
  bundle.spend(MEMBER_CHARACTERS + (typeof schema === "string" ? schema.length : 0));
  if (Array.isArray(schema)) {
    return schema.map((one) => rewritten(bundle, one, depth + 1, isValue));
  }
  if (!isObject(schema)) return schema;
  return mapMembers(bundle, schema, (value, keyword) => {
    if (isValue || VALUE_KEYWORDS.has(keyword)) return rewritten(bundle, value, depth + 1, true);
    if (keyword === "$ref" && typeof value === "string") return referenceIn(bundle, value);
    if (MAP_KEYWORDS.has(keyword) && isObject(value)) {
      return mapMembers(bundle, value, (one) => rewritten(bundle, one, depth + 2));
    }
    return rewritten(bundle, value, depth + 1);
  });
}

function referenceIn(bundle: Bundle, reference: string): string {
  const name = bundle.names.get(reference) ?? freeName(bundle, reference);
  bundle.names.set(reference, name);
  bundle.taken.add(name);
  return `#/$defs/${name}`;
}

/** After the last step of the path, in letters that need no escapes. */
function freeName({ taken, counts }: Bundle, reference: string): string {
  const name = (pathOf(reference)?.at(-1) ?? "schema").replaceAll(/[^\w.-]/g, "_");
  for (let count = (counts.get(name) ?? 0) + 1; ; count++) {
    counts.set(name, count);
    const numbered = count === 1 ? name : `${name}-${count}`;
    if (!taken.has(numbered)) return numbered;
  }
}

function mapMembers(
  { spend }: Bundle,
  members: Members,
  map: (value: unknown, key: string) => unknown,
): Members {
  const mapped = Object.entries(members).map(([key, value]) => {
    spend(key.length);
    return [key, map(value, key)] as const;
  });
  return Object.fromEntries(mapped);
}
