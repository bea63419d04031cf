import { z } from "zod";

const VALUE_LENGTH_MAX = 4_096;
const HEADERS_MAX = 100;

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What HTTP allows in a value: visible characters, space and tab, up to U+00FF. */
const VALUE_CHARACTERS = /^[\t\x20-\x7e\x80-\xff]*$/;

/** What the connection, the content and the signature need stays ours. */
const FORBIDDEN_NAMES: ReadonlySet<string> = new Set([
  "age",
  "cache-control",
  "clear-site-data",
  "connection",
  "content-encoding",
  "content-language",
  "content-length",
  "content-location",
  "content-type",
  "expect",
  "expires",
  "host",
  "keep-alive",
  "posthorn-mode",
  "pragma",
  "te",
  "trailer",
  "trailers",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "warning",
  "webhook-id",
  "webhook-signature",
  "webhook-timestamp",
]);
const FORBIDDEN_PREFIX = /^(x-amz-|x-amzn-|x-google|x-goog-|x-gfe|x-azure-|x-fd-|x-svix-|svix-)/;

const HEADER_NAME = z.string().refine((name) => TOKEN.test(name), {
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
    if (FORBIDDEN_NAMES.has(lower) || FORBIDDEN_PREFIX.test(lower)) {
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
