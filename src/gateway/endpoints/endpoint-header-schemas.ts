import { z } from "zod";
import { isHeaderName, isReservedHeader } from "../../domain/header-names.ts";

const VALUE_LENGTH_MAX = 4_096;
const HEADERS_MAX = 100;

/** What HTTP allows in a value: visible characters, space and tab, up to U+00FF. */
const VALUE_CHARACTERS = /^[\t\x20-\x7e\x80-\xff]*$/;

const HEADER_NAME = z.string().refine(isHeaderName, {
  error: "A header's name should consist of letters, digits, and ! # $ % & ' * + - . ^ _ ` | ~",
});

const HEADER_VALUE = z
  .string()
  .max(VALUE_LENGTH_MAX)
  .regex(VALUE_CHARACTERS, { error: "A header's value should have no control characters" });

/** By name, in any spelling but each name once. */
export const HEADERS = z.record(HEADER_NAME, HEADER_VALUE).superRefine(checkNames);

export const ENDPOINT_HEADERS_IN = z
  .object({ headers: HEADERS.describe("Are added to each attempt, in place of those before") })
  .meta({ id: "EndpointHeadersIn" });

export const ENDPOINT_HEADERS_PATCH_IN = z
  .object({
    headers: z
      .record(HEADER_NAME, HEADER_VALUE.nullable())
      .superRefine(checkNames)
      .describe("To set; null removes one"),
    deleteHeaders: z.array(z.string()).nullish().describe("To remove, by name"),
  })
  .meta({ id: "EndpointHeadersPatchIn" });

export const ENDPOINT_HEADERS_OUT = z
  .object({
    headers: z.record(z.string(), z.string()).describe("Are added to each attempt"),
    sensitive: z.array(z.string()).describe("Names of those whose values are not shown"),
  })
  .meta({ id: "EndpointHeadersOut" });

function checkNames(headers: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void {
  const names = Object.keys(headers);
  if (names.length > HEADERS_MAX) {
    context.addIssue(`Input should have at most ${HEADERS_MAX} headers`);
  }
  const seen = new Set<string>();
  for (const name of names) {
    const lower = name.toLowerCase();
    if (isReservedHeader(name)) {
      const message = `The header ${name} is not the endpoint's to set`;
      context.addIssue({ code: "custom", message, path: [name] });
    }
    if (seen.has(lower)) {
      const message = `The header ${name} is there twice, in different spellings`;
      context.addIssue({ code: "custom", message, path: [name] });
    }
    seen.add(lower);
  }
}
