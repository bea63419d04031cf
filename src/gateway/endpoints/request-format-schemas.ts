import { z } from "zod";
import {
  AUTH_TOKEN_HEADER,
  checkBodyTokenPath,
  CHECKSUM_HEADER,
  checkSignatureHeader,
} from "../../domain/request-format.ts";
import { TEXT } from "../input/fields.ts";

const SECRET_LENGTH_MIN = 8;
const SECRET_LENGTH_MAX = 256;
/** What answers show of a secret begins with it. */
export const MASK = "••••";

const VISIBLE_ASCII = /^[\x21-\x7e]*$/;
const MASKED_TEXT = "This is how answers show a secret: give the secret itself, or leave it out";

/** One that the consumer chose, and that answers never show. */
export const CHOSEN_SECRET = TEXT.min(SECRET_LENGTH_MIN)
  .max(SECRET_LENGTH_MAX)
  .refine((text) => !text.startsWith(MASK), { error: MASKED_TEXT });

const HEADER = z
  .string()
  .superRefine(checkedBy(checkSignatureHeader))
  .toLowerCase()
  .describe("The header's name; without one, the installation's (HEX_SIGNATURE_HEADER)");

const HEX_SECRET = CHOSEN_SECRET.describe("The key is this text in UTF-8, whatever it looks like");

const AUTH_TOKEN = z
  .string()
  .min(SECRET_LENGTH_MIN)
  .max(SECRET_LENGTH_MAX)
  .refine((text) => !text.startsWith(MASK), { error: MASKED_TEXT, abort: true })
  .regex(VISIBLE_ASCII, { error: "Input should have visible ASCII characters only, no spaces" });

const PATH = z
  .string()
  .superRefine(checkedBy(checkBodyTokenPath))
  .describe("Where in the body it goes: names with dots between them, such as meta.auth.token");

const BODY = z
  .enum(["payload", "event-data"])
  .describe('The payload as it came; or {"event": its event type, "data": the payload}');

const WHAT = {
  hexSignature: "Adds a header with the body's HMAC-SHA256 in hexadecimal",
  authToken: `Adds a header ${AUTH_TOKEN_HEADER} with this token`,
  bodyToken: "Puts a token into bodies that are JSON objects",
  checksum: `Adds a header ${CHECKSUM_HEADER} with the body's SHA-256 in hexadecimal`,
};

const CHECKSUM = z.boolean().describe(WHAT.checksum);

export const REQUEST_FORMAT_IN = z
  .object({
    body: BODY.default("payload"),
    hexSignature: z
      .object({ header: HEADER.nullish(), secret: HEX_SECRET })
      .nullish()
      .describe(WHAT.hexSignature),
    authToken: AUTH_TOKEN.nullish().describe(WHAT.authToken),
    bodyToken: z.object({ path: PATH, token: CHOSEN_SECRET }).nullish().describe(WHAT.bodyToken),
    checksum: CHECKSUM.default(false),
  })
  .meta({ id: "RequestFormatIn" });

/** What is left out stays as it is, inside of objects as well; null takes away. */
export const REQUEST_FORMAT_PATCH = z
  .object({
    body: BODY.optional(),
    hexSignature: z
      .object({ header: HEADER.nullish(), secret: HEX_SECRET.optional() })
      .nullish()
      .describe(WHAT.hexSignature),
    authToken: AUTH_TOKEN.nullish().describe(WHAT.authToken),
    bodyToken: z
      .object({ path: PATH.optional(), token: CHOSEN_SECRET.optional() })
      .nullish()
      .describe(WHAT.bodyToken),
    checksum: CHECKSUM.optional(),
  })
  .meta({ id: "RequestFormatPatch" });

const MASKED = z
  .string()
  .describe(`Never the secret: ${MASK}, and its last four characters if it has twelve or more`);

export const REQUEST_FORMAT_OUT = z
  .object({
    body: BODY,
    hexSignature: z
      .object({ header: z.string(), secret: MASKED })
      .nullable()
      .describe(WHAT.hexSignature),
    authToken: MASKED.nullable(),
    bodyToken: z.object({ path: z.string(), token: MASKED }).nullable().describe(WHAT.bodyToken),
    checksum: CHECKSUM,
  })
  .meta({ id: "RequestFormatOut" });

function checkedBy(check: (text: string) => string | undefined) {
  return (text: string, context: z.RefinementCtx): void => {
    const message = check(text);
    if (message !== undefined) context.addIssue(message);
  };
}
