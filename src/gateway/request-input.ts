import { isUtf8 } from "node:buffer";
import type { z } from "zod";
import { invalid, invalidFields } from "./problem.ts";

export const BODY_BYTES_MAX = 2 * 1024 * 1024;

/** The request's JSON, checked. Throws a ProblemError (422) that names each wrong field. */
export function parseBody(schema: z.ZodType | undefined, bytes: Uint8Array): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(bytes.length === 0 ? {} : parseJson(bytes));
  if (!result.success) throw invalidFields("body", result.error);
  return result.data;
}

/** The query string's values, checked. Throws a ProblemError (422). */
export function parseQuery(schema: z.ZodType | undefined, query: unknown): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(query);
  if (!result.success) throw invalidFields("query", result.error);
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
