import type { z } from "zod";

type Issue = z.core.$ZodRawIssue;

/** Says what a value should be, for a person; zod asks where a schema has no words of its own. */
export function issueText(issue: Issue): string | undefined {
  if (issue.code === "invalid_type") return wrongType(issue.expected, issue.input);
  if (issue.code === "invalid_value") return `Input should be ${oneOf(issue.values)}`;
  if (issue.code === "too_small") return `Input should ${limit(issue, "least", issue.minimum)}`;
  if (issue.code === "too_big") return `Input should ${limit(issue, "most", issue.maximum)}`;
  if (issue.code === "invalid_format" && issue.format === "datetime") {
    return "Input should be a date and time such as 2026-01-31T12:00:00Z";
  }
  return undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "a JSON object",
  record: "a JSON object",
  array: "a list",
  null: "null",
};

function wrongType(expected: string, input: unknown): string {
  if (input === undefined) return "Field required";
  const given = typeName(input);
  return `Input should be ${TYPES[expected] ?? expected}${given === "" ? "" : `, not ${given}`}`;
}

function typeName(input: unknown): string {
  if (input === null) return "null";
  if (Array.isArray(input)) return "a list";
  if (typeof input === "boolean") return String(input);
  if (typeof input === "number") return Number.isFinite(input) ? String(input) : "";
  return TYPES[typeof input] ?? "";
}

function oneOf(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(" or ");
}

function limit(issue: { readonly origin: string }, side: string, bound: number | bigint): string {
  if (issue.origin === "string") return `have at ${side} ${bound} characters`;
  if (issue.origin === "array") return `have at ${side} ${bound} items`;
  return `be at ${side} ${bound}`;
}
