import { invalidField } from "../http/problem.ts";
import { isObject, type Members } from "../input/json-object.ts";

/** Longer chains of references that do nothing but refer are circles. */
const CHAIN_MAX = 20;

export type Source = {
  readonly document: Members;
  /** What is being read, for those who are told that it is wrong. */
  readonly loc: readonly string[];
};

/** What `#/a/b` means in the document. Throws a ProblemError (422) if that is nothing. */
export function resolve({ document, loc }: Source, reference: string): unknown {
  const path = pathOf(reference);
  let found: unknown = document;
  for (const step of path ?? []) {
    const isThere = typeof found === "object" && found !== null && Object.hasOwn(found, step);
    found = isThere ? (found as Members)[step] : undefined;
  }
  if (path !== undefined && found !== undefined) return found;
  throw invalidField(
    loc,
    `The document has nothing at "${reference}": only references within it are followed`,
  );
}

/** What a value is that may only be a reference to it. Throws as above, and for circles. */
export function follow(source: Source, value: unknown): unknown {
  let found = value;
  for (let steps = 0; steps < CHAIN_MAX; steps++) {
    if (!isObject(found) || typeof found["$ref"] !== "string") return found;
    found = resolve(source, found["$ref"]);
  }
  throw invalidField(source.loc, "The references lead in a circle");
}

/** A JSON pointer as a URI's fragment: "#/a~1b/c%20d" → ["a/b", "c d"]. */
export function pathOf(reference: string): readonly string[] | undefined {
  if (reference === "#") return [];
  if (!reference.startsWith("#/")) return undefined;
  try {
    const steps = reference.slice(2).split("/").map(decodeURIComponent);
    return steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  } catch {
    return undefined;
  }
}
