import { z } from "zod";
import { canVerifyWith } from "../../signing/verify.ts";
import { TEXT } from "../input/fields.ts";
import { iterator, LIMIT, listOf } from "../input/listing.ts";

const DELAY_MS_MAX = 20_000;
const ANSWER_LENGTH_MAX = 64 * 1024;
const SECRET_LENGTH_MAX = 256;
const CONTENT_TYPE = /^[\w.+-]+\/[\w.+-]+(; ?[\w-]+=[\w."-]+)*$/;
/** Pages of ours run scripts and styles of their own origin, which is also that of every bin. */
const RUN_BY_PAGES = /^[^;]*(?:script|css|wasm)/i;

const STATUS = z.int().min(200).max(599);
const BODY = TEXT.max(ANSWER_LENGTH_MAX);
const TYPE = z
  .string()
  .max(128)
  .regex(CONTENT_TYPE, { error: "Input should be a content type such as application/json" })
  .refine((type) => !RUN_BY_PAGES.test(type), {
    error: "Input should be no script's or style sheet's content type: a page could run it",
  });
const DELAY_MS = z
  .int()
  .min(0)
  .max(DELAY_MS_MAX)
  .describe("Milliseconds from when a request has come until it is answered");

const SECRET = z
  .string()
  .max(SECRET_LENGTH_MAX)
  .refine(canVerifyWith, {
    error: "Input should be a secret: whsec_…, whsk_… or whpk_… and base64",
  })
  .describe("An endpoint's, to check signatures with. It is kept sealed, and never shown");

const ANSWER_IN = z
  .object({ status: STATUS, body: BODY, contentType: TYPE, delayMs: DELAY_MS })
  .partial()
  .meta({ id: "PlayAnswerIn" });

export const PLAY_IN = z
  .object({
    answer: ANSWER_IN.optional().describe("What whoever sends something is answered"),
    secret: SECRET.nullish().describe("null: signatures are not checked"),
  })
  .meta({ id: "PlayIn" });

export const PLAY_OUT = z
  .object({
    id: z.string().describe("Whoever has it may look, change and delete: it cannot be guessed"),
    url: z.string().describe("Whatever is sent there is kept"),
    answer: z
      .object({ status: STATUS, body: z.string(), contentType: z.string(), delayMs: DELAY_MS })
      .meta({ id: "PlayAnswerOut" }),
    checksSignatures: z.boolean(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().describe("When it is deleted, with all that it has"),
  })
  .meta({ id: "PlayOut" });

const PLAY_REQUEST_OUT = z
  .object({
    id: z.string(),
    method: z.string(),
    path: z.string().describe("Behind the bin's own URL, with the query"),
    headers: z
      .array(z.array(z.string()).length(2).readonly())
      .readonly()
      .describe("Names and values as they came, without what tells where they came from"),
    body: z.string().describe("As text; in base64 where it is not UTF-8"),
    isBase64: z.boolean(),
    bodyBytes: z.int().min(0),
    signature: z
      .enum(["verified", "stale", "wrong", "none", "unchecked"])
      .describe(
        "By the rules of Standard Webhooks. stale: right, but its timestamp is more than 5 minutes " +
          "off; unchecked: there was no secret to check with when it came",
      ),
    answer: z
      .object({ status: STATUS, delayMs: DELAY_MS })
      .meta({ id: "PlayRequestAnswerOut" })
      .nullable()
      .describe("What it was answered, unless who sent it had gone before. null: it is not known"),
    timestamp: z.iso.datetime(),
  })
  .meta({ id: "PlayRequestOut" });

export const PLAY_REQUEST_LIST_OUT = listOf(PLAY_REQUEST_OUT, "PlayRequestOut");

export const PLAY_REQUESTS_QUERY = z.object({
  limit: LIMIT,
  iterator: iterator("preq").optional(),
});

export const PLAY_ARRIVAL = z
  .object({
    requestId: z.string().optional().describe("Without it, several have come, or it was cleared"),
  })
  .meta({ id: "PlayArrival" });

export type PlayOut = z.output<typeof PLAY_OUT>;
export type PlayRequestOut = z.output<typeof PLAY_REQUEST_OUT>;
