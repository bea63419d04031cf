import { isUtf8 } from "node:buffer";
import type { z } from "zod";
import { issueText } from "./issue-text.ts";
import { invalid, invalidFields, problem, type ProblemError } from "./problem.ts";

/** The request's JSON, checked. Throws a ProblemError (422) that names each wrong field. */
export function parseBody(schema: z.ZodType | undefined, bytes: Uint8Array): unknown {
  if (schema === undefined) return undefined;
  const json = bytes.length === 0 ? {} : parseJson(bytes);
  const result = schema.safeParse(json, { error: issueText });
  if (!result.success) throw invalidFields("body", result.error);
  return result.data;
}

/**
 * The query string's values, checked. Throws a ProblemError: 400 where a value is not of its type,
 * 422 where it is, but not allowed.
 */
export function parseQuery(schema: z.ZodType | undefined, query: unknown): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(withLists(query), { error: issueText });
  if (!result.success) throw invalidQuery(result.error);
  return result.data;
}

function parseJson(bytes: Uint8Array): unknown {
  if (!isUtf8(bytes)) throw malformed("The body is not valid UTF-8");
  try {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
    return JSON.parse(text);
  } catch (error) {
    throw malformed(`The body is not valid JSON: ${error instanceof Error ? error.message : ""}`);
  }
}

function malformed(msg: string): Error {
  return invalid([{ loc: ["body"], msg, type: "value_error.jsondecode" }]);
}

/** Clients write a list as `x[]=a&x[]=b` or as `x[0]=a&x[1]=b`: both become `x`. */
function withLists(query: unknown): Readonly<Record<string, unknown>> {
  // A map: a query may name anything, also what every object inherits.
  const values = new Map<string, unknown>();
  for (const [key, value] of Object.entries(query ?? {})) {
    const name = /^(\w+)\[\d*\]$/.exec(key)?.[1];
    const before = values.get(name ?? key);
    values.set(name ?? key, name === undefined ? value : [before ?? [], value].flat(2));
  }
  return Object.fromEntries(values);
}

function invalidQuery(error: z.ZodError): ProblemError {
  const wrongType = error.issues.find(isWrongType);
  if (wrongType === undefined) return invalidFields("query", error);
  const detail = `Query parameter ${wrongType.path.join(".")}: ${wrongType.message}`;
  return problem(400, "invalid_query", detail);
}

function isWrongType(issue: z.core.$ZodIssue): boolean {
  if (issue.code === "invalid_format") return issue.format === "datetime";
  return ["invalid_type", "invalid_value", "invalid_union"].includes(issue.code);
}
