import { parseDocument } from "yaml";
import { invalidField, problem } from "../http/problem.ts";
import { isObject, type Members } from "../input/json-object.ts";

/** An OpenAPI document, and what the field that it came in is called. */
export type Specification = { readonly document: Members; readonly field: "spec" | "specRaw" };

type Given = {
  readonly spec?: Members | null | undefined;
  readonly specRaw?: string | null | undefined;
};

/** Reading it takes long, in which nothing else is done; JSON is read at once. */
const YAML_BYTES_MAX = 128 * 1024;
/** Aliases that a document in YAML may follow, because a few of them can stand for millions. */
const YAML_ALIASES_MAX = 100;

/** Throws a ProblemError: 400 unless there is exactly one of the two, 422 if it is not an object. */
export function readSpecification({ spec, specRaw }: Given): Specification {
  const [json, text] = [spec ?? undefined, specRaw ?? undefined];
  if ((json === undefined) === (text === undefined)) {
    throw problem(400, "invalid_spec", "Give the document either as spec or as specRaw");
  }
  if (json !== undefined) return { document: json, field: "spec" };
  return { document: parseText(text ?? ""), field: "specRaw" };
}

function parseText(text: string): Members {
  const parsed = parseJson(text) ?? parseYaml(text);
  if (isObject(parsed)) return parsed;
  throw invalidField(
    ["body", "specRaw"],
    "Input should be an OpenAPI document, which is an object",
  );
}

/** JSON is YAML, too, but is read much faster by itself. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseYaml(text: string): unknown {
  if (Buffer.byteLength(text) > YAML_BYTES_MAX) {
    const kibibytes = YAML_BYTES_MAX / 1024;
    throw invalidField(
      ["body", "specRaw"],
      `Input should have at most ${kibibytes} KiB if it is YAML: give more as JSON`,
    );
  }
  try {
    // Whether keys are unique is found out by comparing each with each, which takes a minute.
    const document = parseDocument(text, { logLevel: "error", uniqueKeys: false });
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS({ maxAliasCount: YAML_ALIASES_MAX });
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    throw invalidField(["body", "specRaw"], `Input should be YAML or JSON: ${reason}`);
  }
}
